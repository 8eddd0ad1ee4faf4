"""What a new path or name makes of a user or group: its ARN, and which policies are about it."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import lru_cache
from typing import Any

from iam.analysis.escalation.steps import EntityChange
from iam.analysis.world_principals import WorldPrincipal
from iam.arns import iam_arn
from iam.engine import as_list, pattern_matches, statements_in
from iam.models import Group, Role, User

_ARNS, _NAME = "aws:principalarn", "aws:username"


@lru_cache(maxsize=2048)
def patterns_of(text: str, kind: str) -> frozenset[str]:
    """Return the patterns of a document that are about users, groups or roles.

    Those with variables are left out.
    """
    found: set[str] = set()
    for statement in statements_in(text):
        for element in ("Resource", "NotResource"):
            found.update(as_list(statement.get(element, ())))
        found.update(_asked(statement, kind))
    return frozenset(one for one in found if f":{kind}/" in one and "$" not in one)


def _asked(statement: dict[str, Any], kind: str) -> Iterator[str]:
    conditions = statement.get("Condition", {})
    for tests in conditions.values() if isinstance(conditions, dict) else ():
        for key, values in tests.items() if isinstance(tests, dict) else ():
            texts = [one for one in as_list(values) if isinstance(one, str)]
            if key.lower() == _ARNS:
                yield from texts
            elif key.lower() == _NAME and kind == "user":
                yield from (iam_arn("*", kind, one) for one in texts)


def arn_after(entity: User | Role | Group, change: EntityChange) -> str:
    """Return the ARN of who is renamed."""
    return iam_arn(entity.account.account_id, entity.arn_type, change.value or "", change.name)


def name_matters(entity: User | Role | Group, change: EntityChange, texts: Iterable[str]) -> bool:
    """Return whether a policy treats an entity otherwise by its new path or name."""
    now, then = entity.arn, arn_after(entity, change)
    return any(
        pattern_matches(one, now) != pattern_matches(one, then)
        for text in texts
        for one in patterns_of(text, entity.arn_type)
    )


def renamed(person: WorldPrincipal, changes: Iterable[EntityChange]) -> WorldPrincipal:
    """Return a user as it is called after the changes."""
    for change in changes:
        if change.what == "renamed" and change.holder == person.key:
            name, path = change.value or "", change.name
            arn = iam_arn(person.account_id, person.kind, name, path)
            caller = replace(person.caller, name=name, arn=arn)
            return replace(person, name=name, path=path, arn=arn, caller=caller)
    return person
