"""How an answer works, without its names and its spelling: what makes two ways different."""

import json
from collections.abc import Iterator, Mapping
from typing import Any

from console.labs.trials.start_world import Step, Steps
from iam.arns import is_aws_managed, name_in, parse_arn
from iam.policy_documents import as_list

_DOCUMENTS = ("AssumeRolePolicyDocument", "PolicyDocument", "Policy")


def document_of(step: Step) -> tuple[str, dict[str, Any]] | None:
    """Return the policy document that a step's call carries, with its parameter."""
    for params in step.get("call", {}).values():
        for name in _DOCUMENTS:
            value = (params or {}).get(name)
            found = json.loads(value) if isinstance(value, str) else value
            if isinstance(found, dict) and "Statement" in found:
                return name, found
    return None


def _principals(value: Any) -> Iterator[str]:
    for type_, names in value.items() if isinstance(value, Mapping) else (("*", "*"),):
        for name in as_list(names):
            arn = parse_arn(name)
            arn_type = arn.resource.partition("/")[0] if arn else ""
            yield f"principal {type_} {arn_type or ('*' if name == '*' else '')}"


def _of_statement(statement: Mapping[str, Any]) -> Iterator[str]:
    effect = statement.get("Effect", "")
    yield effect
    for element in ("NotAction", "NotResource", "NotPrincipal"):
        if element in statement:
            yield f"{effect} {element}"
    for element in ("Principal", "NotPrincipal"):
        if element in statement:
            yield from (f"{effect} {one}" for one in _principals(statement[element]))
    for operator, tests in statement.get("Condition", {}).items():
        yield from (f"{effect} {operator} {key}".lower() for key in tests)


def mechanism_of(steps: Steps) -> frozenset[str]:
    """Return what an answer uses: operations, AWS's policies, elements, principals, conditions."""
    found: set[str] = set()
    for step in steps:
        for operation, params in step.get("call", {}).items():
            found.add(operation)
            arn = str((params or {}).get("PolicyArn", ""))
            found |= {name_in(arn)} if is_aws_managed(arn) else set()
        document = document_of(step)
        for statement in as_list(document[1]["Statement"]) if document else ():
            found.update(_of_statement(statement))
    return frozenset(found)
