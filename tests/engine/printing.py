"""A compiled policy written as a document again: what the engine understood of it."""

import json
from collections.abc import Iterable, Iterator
from functools import partial
from itertools import chain
from typing import Any

from iam.engine.decision.policy import CompiledPolicy
from iam.engine.decision.statement import Statement
from iam.engine.matching.elements.conditions import ConditionTest
from iam.engine.matching.elements.principals import PrincipalElement


def printed(policy: CompiledPolicy) -> str:
    """Write a policy as JSON; `Id` is left out, and every value is a list of texts."""
    document = {
        "Version": policy.version,
        "Statement": [_statement(statement) for statement in policy.statements],
    }
    return json.dumps(document, ensure_ascii=False)


def _statement(statement: Statement) -> dict[str, Any]:
    body: dict[str, Any] = {"Sid": statement.sid, "Effect": statement.effect.value}
    if statement.principals is not None:
        body[_name("Principal", statement.principals)] = _principals(statement.principals)
    body[_name("Action", statement.actions)] = list(statement.actions.texts)
    if statement.resources is not None:
        body[_name("Resource", statement.resources)] = list(statement.resources.texts)
    return {**body, "Condition": _conditions(statement.conditions)}


def _name(name: str, element: Any) -> str:
    return f"Not{name}" if element.negated else name


def _principals(element: PrincipalElement) -> Any:
    if "*" in element.named:
        return "*"
    return {type_: list(values) for type_, values in element.named.items()}


def _conditions(tests: Iterable[ConditionTest]) -> dict[str, dict[str, list[str]]]:
    """Group tests by operator; a key that two spellings of it test takes two spellings again."""
    block: dict[str, dict[str, list[str]]] = {}
    for test in tests:
        free = (name for name in _spellings(str(test.used)) if test.key not in block.get(name, {}))
        block.setdefault(next(free), {})[test.key] = list(test.values)
    return block


def _spellings(name: str) -> Iterator[str]:
    """The name, then the same in other letters' cases: operators are read without case."""
    return chain((name,), map(partial(_spelling, name), range(2 ** len(name))))


def _spelling(name: str, number: int) -> str:
    """The name with those letters in upper case whose bits a number has."""
    return "".join(
        char.upper() if number >> place & 1 else char.lower() for place, char in enumerate(name)
    )
