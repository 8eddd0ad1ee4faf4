"""The questions of a page about a policy document: error, findings, size, repair.

Pages take these from here and leave the engine's parts to `iam`.
"""

from iam.catalogue import CataloguedFacts
from iam.engine import (
    OPERATOR_NAMES,
    ExcerptLine,
    Finding,
    PolicyError,
    PolicyExcerpts,
    PolicyType,
    as_list,
    clean,
    findings,
    pattern_matches,
    repair,
    size_without_whitespace,
    statements_in,
    syntax_sentence,
    validate_policy,
)

__all__ = [
    "OPERATOR_NAMES",
    "ExcerptLine",
    "Finding",
    "PolicyError",
    "PolicyExcerpts",
    "PolicyType",
    "as_list",
    "clean",
    "pattern_matches",
    "policy_error",
    "policy_findings",
    "repair",
    "size_without_whitespace",
    "statements_in",
    "syntax_sentence",
]


def policy_error(text: str, policy_type: PolicyType) -> PolicyError | None:
    """Return what AWS would refuse in a document when it is saved; None if it takes it."""
    try:
        validate_policy(text, policy_type)
    except PolicyError as error:
        return error
    return None


def policy_findings(
    text: str, policy_type: PolicyType, resource_type: str = ""
) -> tuple[Finding, ...]:
    """Return the findings of a document, with what the catalogue knows; none if it is blank.

    `resource_type` is what a resource policy is attached to, such as `AWS::S3::Bucket`.
    """
    if not text.strip():
        return ()
    return tuple(findings(text, policy_type, CataloguedFacts(), resource_type))
