"""Which sessions there were, from the events that opened and ended them.

A session is found by the access key of its credentials: the event that gave them has it in its
response, the calls of the session are signed by it, and so a chain is followed.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Q, QuerySet

from console.services.cloudtrail.actions.lookups import KEPT
from console.services.cloudtrail.session_ends import SessionEnd, endings_in, first_ending
from iam.callers import Caller
from iam.models import Event, SessionMark
from iam.perform import perform
from iam.trail import time_spelled
from sts.sign_in import SIGN_IN_LIFETIME

MOST_SESSIONS = 15
_MOST_MOVES = 10
_GIVEN = {
    "AssumeRole",
    "AssumeRoleWithSAML",
    "AssumeRoleWithWebIdentity",
    "AssumeRoot",
    "GetFederationToken",
    "GetSessionToken",
}
_SIGN_IN = "ConsoleLogin"
_CLOSING = {"ExitRole", "PutRolePolicy", "DeleteRolePolicy", "DeleteRole", "DeleteUser"}
_MOST_CLOSING = 300


@dataclass(frozen=True)
class Session:
    """Temporary credentials, from when they were given until they end.

    `name` is such as user1, or S3Role/user1; `of` the user or role behind it; `opener` who was
    given them (a role, if `by_role`), `opened_in` the key that asked for them.
    """

    key: str
    how: str
    name: str
    of: str
    account_id: str
    starts: datetime
    expires: datetime
    event_id: str
    opener: str = ""
    opened_in: str = ""
    by_role: bool = False
    in_console: bool = False
    ending: SessionEnd | None = None

    @property
    def is_role(self) -> bool:
        return "/" in self.name


@dataclass(frozen=True)
class ClockMove:
    """A move of the sandbox's clock: from when, and by how much."""

    at: datetime
    by: timedelta


@dataclass(frozen=True)
class SessionHistory:
    """The newest sessions, the oldest first, and how the clock was moved meanwhile."""

    sessions: tuple[Session, ...]
    clock_moves: tuple[ClockMove, ...]
    now: datetime

    def about(self, name: str, *, is_role: bool) -> "SessionHistory":
        """Return the sessions of a user or role, and those that they lead to or came from."""
        asked = (name, is_role)
        own = {
            one.key
            for one in self.sessions
            if asked in {(one.of, one.is_role), (one.opener, one.by_role)}
        }
        by_key = {one.key: one for one in self.sessions}
        kept = set(own)
        for one in self.sessions:  # the oldest first: whoever opened it is known
            if one.opened_in in own:
                own.add(one.key)
        while own & set(by_key):
            kept |= own
            own = {by_key[key].opened_in for key in own if key in by_key}
        found = tuple(one for one in self.sessions if one.key in kept)
        return replace(self, sessions=found)


def sessions_seen_by(caller: Caller) -> SessionHistory:
    """Return the sessions of the caller's account; raises AwsError if it may not look up events.

    The right is performed, not only checked, so that the event history has it.
    """
    perform(caller, "cloudtrail:LookupEvents", {"MaxResults": 1})
    return _history(caller, Q(account_id=caller.account_id))


def own_sessions(caller: Caller, principal_ids: Collection[str]) -> SessionHistory:
    """Return the sessions that these identities, which are the caller's own, opened."""
    return _history(caller, Q(principal_id__in=principal_ids))


def _history(caller: Caller, whose: Q) -> SessionHistory:
    rows = Event.in_sandbox(caller.sandbox).filter(management=True, error_code="")
    rows = rows.filter(time__gte=caller.now - KEPT).defer("decisions").order_by("-time", "-id")
    opened = list(_opening(rows.filter(whose)))
    sessions = _sessions(reversed(opened))[-MOST_SESSIONS:]
    if not sessions:
        return SessionHistory((), (), caller.now)
    since = sessions[0].starts
    accounts = {one.account_id for one in sessions}
    closing = rows.filter(name__in=_CLOSING, account_id__in=accounts, time__gte=since)
    marks = list(SessionMark.in_sandbox(caller.sandbox).filter(at__gte=since))
    endings = endings_in(list(closing[:_MOST_CLOSING]), marks)
    ended = [replace(one, ending=first_ending(one, endings, caller.now)) for one in sessions]
    moves = [ClockMove(one.at, one.moved) for one in reversed(marks) if one.moved][-_MOST_MOVES:]
    return SessionHistory(tuple(ended), tuple(moves), caller.now)


def _opening(rows: QuerySet[Event]) -> QuerySet[Event]:
    """Return the newest events that gave credentials; a console's comes with a second event."""
    return rows.filter(name__in={*_GIVEN, _SIGN_IN})[: 3 * MOST_SESSIONS]


def _sessions(events: Iterable[Event]) -> Sequence[Session]:
    """Return a session for each key, in the order of time; two accounts may have an event of it."""
    found: dict[str, Session] = {}
    for event in events:
        one = _signed_in(event) if event.name == _SIGN_IN else _given(event)
        if one is None:
            continue
        known = found.get(one.key)
        if known is None or (not known.opener and one.opener and one.how != _SIGN_IN):
            found[one.key] = one
        elif one.how == _SIGN_IN:
            found[one.key] = replace(known, in_console=True)
    return sorted(found.values(), key=lambda one: one.starts)


def _signed_in(event: Event) -> Session | None:
    """Return a console's sign-in; None for one that failed."""
    if not event.access_key_id:
        return None
    return Session(
        key=event.access_key_id,
        how=event.name,
        name=event.user_name,
        of=event.user_name,
        account_id=event.account_id,
        starts=event.time,
        expires=event.time + SIGN_IN_LIFETIME,
        event_id=str(event.event_id),
        in_console=True,
    )


def _given(event: Event) -> Session | None:
    """Return the session whose credentials an event's response has."""
    answered: dict[str, Any] = event.record.get("responseElements") or {}
    credentials = answered.get("credentials") or {}
    key, expiration = credentials.get("accessKeyId"), credentials.get("expiration")
    expires = time_spelled(str(expiration))
    if not key or expires is None:
        return None
    identity = event.record.get("userIdentity", {})
    arn = str(
        answered.get("assumedRoleUser", {}).get("arn")
        or answered.get("federatedUser", {}).get("arn", "")
    )
    whole = arn.partition("/")[2] or event.user_name
    opener = str(identity.get("userName") or event.user_name or identity.get("accountId", ""))
    by_session = identity.get("sessionContext", {}).get("sessionIssuer", {})
    by_role = by_session.get("type") == "Role"
    if by_role:
        opener = str(by_session["userName"])
    return Session(
        key=key,
        how="SwitchRole" if identity.get("invokedBy") == "AWS Internal" else event.name,
        name=whole,
        of=whole.partition("/")[0],
        account_id=arn.split(":")[4] if arn.count(":") >= 5 else event.account_id,
        starts=event.time,
        expires=expires,
        event_id=str(event.event_id),
        opener=opener,
        opened_in=event.access_key_id,
        by_role=by_role,
        in_console=identity.get("invokedBy") == "AWS Internal",
    )
