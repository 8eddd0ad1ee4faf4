"""Actions that do not exist, or do not go with the rest of their statement."""

import difflib
from collections.abc import Collection, Iterator

from iam.engine.document.places import Path
from iam.engine.findings.facts import Facts
from iam.engine.findings.finding import UnplacedFinding, finding
from iam.engine.findings.keys import BEYOND_ITS_SERVICE
from iam.engine.findings.statement_reading import (
    ConditionReading,
    Guesses,
    StatementReading,
    is_wild,
)
from iam.engine.matching.patterns import pattern_matches
from iam.engine.terms import PolicyType

LONGEST_GUESSED = 64
_SAME_SERVICE = {
    PolicyType.IDENTITY,
    PolicyType.INLINE,
    PolicyType.BOUNDARY,
    PolicyType.SESSION,
    PolicyType.RESOURCE,
    PolicyType.SCP,
    PolicyType.RCP,
}


def statement_findings(statement: StatementReading) -> Iterator[UnplacedFinding]:
    """Find the actions of a statement that AWS does not know, or not here."""
    for name in ("Action", "NotAction"):
        for path, action in statement.located(name):
            if statement.facts is not None:
                yield from _existence(path, action, statement.facts, statement.guesses)
            yield from _place(path, action, statement)
    if statement.facts is not None and statement.policy_type in _SAME_SERVICE:
        for condition in statement.conditions():
            yield from _unsupported(statement, condition, statement.facts)


def _existence(
    path: Path, action: str, facts: Facts, guesses: Guesses
) -> Iterator[UnplacedFinding]:
    service, colon, name = action.partition(":")
    prefix = service.lower()
    if not colon or ":" in name or is_wild(prefix):
        return
    if prefix not in facts.services:
        hint = _did_you_mean(prefix, facts.services, guesses)
        yield finding("INVALID_SERVICE_IN_ACTION", path, service=service, hint=hint)
    elif not _exists(prefix, name, facts):
        hint = _did_you_mean(name, facts.actions(prefix), guesses, f"{prefix}:")
        yield finding("INVALID_ACTION", path, action=action, hint=hint)


def _exists(prefix: str, name: str, facts: Facts) -> bool:
    if not is_wild(name):
        return facts.has_action(prefix, name)
    pattern = name.lower()
    return any(pattern_matches(pattern, one.lower()) for one in facts.actions(prefix))


def _did_you_mean(name: str, known: Collection[str], guesses: Guesses, prefix: str = "") -> str:
    if not guesses.take():
        return ""
    by_lower = {one.lower(): one for one in known}
    nearest = difflib.get_close_matches(name[:LONGEST_GUESSED].lower(), by_lower, n=1)
    return f"Did you mean {prefix}{by_lower[nearest[0]]}?" if nearest else ""


def _place(path: Path, action: str, statement: StatementReading) -> Iterator[UnplacedFinding]:
    service = action.partition(":")[0].lower()
    if statement.service and service not in {"*", statement.service}:
        code = "UNSUPPORTED_ACTION_IN_POLICY"
        yield finding(code, path, action=action, type=statement.resource_type)


def _unsupported(
    statement: StatementReading, condition: ConditionReading, facts: Facts
) -> Iterator[UnplacedFinding]:
    """A service's own key on actions that it does not go with; wildcards are not looked at."""
    prefix = condition.name.partition(":")[0]
    if not facts.key_type(condition.key) or condition.name in BEYOND_ITS_SERVICE:
        return
    without = [
        action
        for action in statement.texts("Action")
        if action.lower().startswith(f"{prefix}:")
        and not is_wild(action)
        and (keys := facts.action_keys(action)) is not None
        and not any(_names(key, condition.name) for key in keys)
    ]
    if without:
        yield finding(
            "UNSUPPORTED_ACTION_FOR_CONDITION_KEY",
            condition.path,
            at_key=True,
            actions=", ".join(without),
            key=condition.key,
        )


def _names(listed: str, name: str) -> bool:
    """Whether a key as it is listed, with places to fill in, is a key as it is used."""
    head, place, _ = listed.lower().partition("${")
    return name.startswith(head) if place else name == head
