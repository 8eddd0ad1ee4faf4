"""Documents as AWS reads them on saving: check all of it, then compile."""

from iam.engine.decision.policy import CompiledPolicy, parse_policy
from iam.engine.document.json_text import load_typed
from iam.engine.errors import PolicyError
from iam.engine.grammar.every_type import document_problems, raise_first
from iam.engine.grammar.policy_types import policy_type_problems
from iam.engine.grammar.problem import Problem
from iam.engine.terms import PolicyType


def validate_policy(text: str, policy_type: PolicyType) -> CompiledPolicy:
    """Compile a document, or raise the first thing AWS refuses when this type is saved."""
    try:
        document = load_typed(text)
    except PolicyError as error:
        error.message = Problem(error.issue, error.detail, ()).sentence(policy_type)
        raise
    problems = list(document_problems(document))
    if not any(problem.phase == 0 for problem in problems):
        problems += policy_type_problems(document, policy_type)
    raise_first(text, problems, policy_type)
    return parse_policy(text)
