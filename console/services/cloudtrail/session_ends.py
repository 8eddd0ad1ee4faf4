"""When a session ends before its time: switched back, signed out, revoked, its principal gone."""

import json
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Protocol

from iam.models import Event, SessionMark

_REVOKES = "AWSRevokeOlderSessions"


class Ended(Protocol):
    """What is asked of a session to find its end."""

    @property
    def key(self) -> str: ...
    @property
    def of(self) -> str: ...
    @property
    def is_role(self) -> bool: ...
    @property
    def account_id(self) -> str: ...
    @property
    def starts(self) -> datetime: ...
    @property
    def expires(self) -> datetime: ...


@dataclass(frozen=True)
class SessionEnd:
    """When a session ended, and how in words; `event_id` is empty where no event says so."""

    at: datetime
    how: str
    event_id: str = ""


@dataclass(frozen=True)
class PossibleEnd:
    """An ending of the sessions that it holds for."""

    ending: SessionEnd
    holds: Callable[[Ended], bool]


def first_ending(
    session: Ended, endings: Sequence[PossibleEnd], now: datetime
) -> SessionEnd | None:
    """Return how a session ended; None if it has not."""
    found = [one.ending for one in endings if one.holds(session)]
    if session.expires <= now:
        found.append(SessionEnd(session.expires, "Expired"))
    inside = [one for one in found if session.starts <= one.at <= session.expires]
    return min(inside, key=lambda one: one.at, default=None)


def endings_in(events: Sequence[Event], marks: Sequence[SessionMark]) -> list[PossibleEnd]:
    """Return what ended sessions: of events, the newest first, and of marks."""
    found = [
        PossibleEnd(SessionEnd(one.at, "Signed out"), _of_key(one.access_key_id))
        for one in marks
        if one.access_key_id
    ]
    return [*found, *_by_events(events)]


def _of_key(key: str) -> Callable[[Ended], bool]:
    return lambda session: session.key == key


def _by_events(events: Sequence[Event]) -> Iterator[PossibleEnd]:
    taken_back: set[tuple[str, str]] = set()
    for event in events:
        asked = event.record.get("requestParameters") or {}
        role = (event.account_id, str(asked.get("roleName", "")))
        revokes = asked.get("policyName") == _REVOKES
        if event.name == "ExitRole":
            yield PossibleEnd(_ending(event, "Switched back"), _of_key(event.access_key_id))
        elif event.name == "DeleteRolePolicy" and revokes:
            taken_back.add(role)
        elif event.name == "PutRolePolicy" and revokes and role not in taken_back:
            before = _revoked_before(str(asked.get("policyDocument", "")))
            if before:
                yield PossibleEnd(_ending(event, "Revoked"), _older(*role, before))
            taken_back.add(role)  # what it replaced does not count any more
        elif event.name == "DeleteRole":
            yield PossibleEnd(_ending(event, "Role deleted"), _gone(*role, is_role=True))
        elif event.name == "DeleteUser":
            name = str(asked.get("userName", ""))
            of = _gone(event.account_id, name, is_role=False)
            yield PossibleEnd(_ending(event, "User deleted"), of)


def _ending(event: Event, how: str) -> SessionEnd:
    return SessionEnd(event.time, how, str(event.event_id))


def _gone(account_id: str, name: str, *, is_role: bool) -> Callable[[Ended], bool]:
    return lambda session: (
        session.account_id == account_id and session.of == name and session.is_role == is_role
    )


def _older(account_id: str, name: str, before: datetime) -> Callable[[Ended], bool]:
    of_role = _gone(account_id, name, is_role=True)
    return lambda session: of_role(session) and session.starts < before


def _revoked_before(document: str) -> datetime | None:
    """Return the time that the policy of *Revoke sessions* asks about."""
    with suppress(ValueError, LookupError, TypeError, AttributeError):
        (statement,) = json.loads(document)["Statement"]
        before = statement["Condition"]["DateLessThan"]["aws:TokenIssueTime"]
        moment = datetime.fromisoformat(before)
        return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return None
