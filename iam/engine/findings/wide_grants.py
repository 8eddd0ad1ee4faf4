"""Permissions that let a caller hand on, create or assume more roles than were meant."""

from collections.abc import Iterator

from iam.engine.document.places import Path
from iam.engine.findings.finding import UnplacedFinding, finding
from iam.engine.findings.statement_reading import StatementReading, covers
from iam.engine.terms import PolicyType

_PASS_ROLE = "iam:PassRole"  # noqa: S105
_CREATE_SLR = "iam:CreateServiceLinkedRole"
_GRANTING = {PolicyType.IDENTITY, PolicyType.INLINE, PolicyType.SESSION}


def statement_findings(statement: StatementReading) -> Iterator[UnplacedFinding]:
    """Find grants on every role."""
    if statement.policy_type not in _GRANTING or not statement.allows:
        return
    keys = statement.condition_keys()
    if "iam:passedtoservice" not in keys:
        yield from _on_many(statement, _PASS_ROLE, "PASS_ROLE")
    if "iam:awsservicename" not in keys:
        yield from _on_many(statement, _CREATE_SLR, "CREATE_SLR")
    yield from _assume_any_role(statement)


def _on_many(statement: StatementReading, action: str, prefix: str) -> Iterator[UnplacedFinding]:
    how = _named_how(statement, action)
    if how is None:
        return
    if "NotResource" in statement.body:
        where, path = "NOT_RESOURCE", (*statement.path, "NotResource")
    else:
        where, path = "STAR_IN_RESOURCE", _star(statement)
    if path:
        yield finding(f"{prefix}_WITH_{_CODES.get((how, where), f'{how}_AND_{where}')}", path)


_CODES = {
    ("", "NOT_RESOURCE"): "NOT_RESOURCE",
    ("", "STAR_IN_RESOURCE"): "STAR_IN_RESOURCE",
    ("STAR_IN_ACTION", "STAR_IN_RESOURCE"): "STAR_IN_ACTION_AND_RESOURCE",
    ("NOT_ACTION", "STAR_IN_RESOURCE"): "STAR_IN_RESOURCE_AND_NOT_ACTION",
}


def _named_how(statement: StatementReading, action: str) -> str | None:
    """Return how a statement names an action; None if it does not."""
    if "NotAction" in statement.body:
        return None if covers(statement.texts("NotAction"), action) else "NOT_ACTION"
    actions = statement.texts("Action")
    if not covers(actions, action):
        return None
    by_name = any(one.lower() == action.lower() for one in actions)
    return "" if by_name else "STAR_IN_ACTION"


def _star(statement: StatementReading) -> Path:
    for path, text in statement.located("Resource"):
        if text == "*" or text.endswith((":*", "/*")):
            return path
    return ()


def _assume_any_role(statement: StatementReading) -> Iterator[UnplacedFinding]:
    actions = statement.texts("Action")
    named = any(action.lower().startswith("sts:") for action in actions)
    if named and covers(actions, "sts:AssumeRole"):
        for path, text in statement.located("Resource"):
            if text == "*":
                yield finding("ASSUME_ROLE_WITH_STAR_IN_RESOURCE", path)
