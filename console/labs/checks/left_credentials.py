"""Whose credentials somebody has made since the start, and can still use.

A key or a password outlives the rights that it was made with: who has made one for another user
acts as that user whenever he likes. CloudTrail has who made what, also in sessions of roles.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from django.db.models import QuerySet

from console.labs.checks.case import Case
from iam.analysis import WorldPrincipal
from iam.models import AccessKey, Event, LoginProfile, Sandbox
from iam.models.prepared_queries import Prepared

_ENTRIES = ("AssumeRole", "SwitchRole")
_PASSWORDS = ("CreateLoginProfile", "UpdateLoginProfile")
_KEY = "CreateAccessKey"


def _rows(sandbox: int) -> QuerySet[Event]:
    rows: QuerySet[Event] = Event.in_sandbox(Sandbox(pk=sandbox))
    made = rows.filter(name__in=(*_ENTRIES, *_PASSWORDS, _KEY), error_code="")
    return made.order_by("time", "pk").only("name", "principal_id", "access_key_id", "record")


_EVENTS = Prepared(_rows)


@dataclass
class _Hands:
    """What somebody holds: principals as whom he has acted, and credentials that he has made.

    Passwords are by account and name: the last one that was set counts.
    """

    acts_as: set[str]
    arn: str
    keys: set[str] = field(default_factory=set)
    passwords: set[tuple[str, str]] = field(default_factory=set)

    def is_behind(self, event: Event) -> bool:
        switched = (event.record.get("additionalEventData") or {}).get("SwitchFrom", "")
        return (
            event.principal_id in self.acts_as
            or event.access_key_id in self.keys
            or (event.name == "SwitchRole" and switched == self.arn)
        )

    def take(self, event: Event) -> None:
        """Let an event count, in the order of time."""
        given: dict[str, Any] = event.record.get("responseElements") or {}
        asked: dict[str, Any] = event.record.get("requestParameters") or {}
        own = self.is_behind(event)
        if event.name in _PASSWORDS:
            whose = (event.account_id, asked.get("userName", ""))
            (self.passwords.add if own else self.passwords.discard)(whose)
        elif own and event.name == _KEY:
            self.keys.add(given.get("accessKey", {}).get("accessKeyId", ""))
        elif own:
            session = given.get("assumedRoleUser", {}).get("assumedRoleId", event.principal_id)
            self.acts_as.add(session)


def held_by(case: Case, someone: WorldPrincipal) -> Iterator[tuple[WorldPrincipal, str]]:
    """Yield other users as whom somebody can act by what he made, and what that is."""
    rows = partial(_EVENTS.rows, case.sandbox.pk)
    events = case.world.visit.remember(("credentials made", case.sandbox.pk), rows)
    hands = _Hands({someone.unique_id}, someone.arn)
    for event in events:
        hands.take(event)
    if not hands.keys and not hands.passwords:
        return
    keys = AccessKey.in_sandbox(case.sandbox).filter(active=True, access_key_id__in=hands.keys)
    holders = {key.user_id: f"an access key of {key.user.name}" for key in keys if key.user}
    for one in LoginProfile.in_sandbox(case.sandbox).filter(from_start=False):
        if (one.user.account.account_id, one.user.name) in hands.passwords:
            holders.setdefault(one.user_id, f"a password of {one.user.name}")
    for pk, what in holders.items():
        found = case.world.people.get(("user", pk))
        if found is not None and found.arn != someone.arn:
            yield found, what
