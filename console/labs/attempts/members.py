"""Which member of a team makes a call: by login in the browser, by key from an AWS client."""

from collections.abc import Mapping
from uuid import UUID

from console.labs.models import Attempt, MemberCall, MemberKey, Response
from iam.callers import PerformedCall, Visit
from iam.models import Event
from iam.perform import registry

_MAKE_KEYS = {
    "iam:CreateAccessKey": ("accessKey", "accessKeyId"),
    **{
        f"sts:{name}": ("credentials", "accessKeyId")
        for name in (
            "AssumeRole",
            "AssumeRoleWithSAML",
            "AssumeRoleWithWebIdentity",
            "GetFederationToken",
            "GetSessionToken",
        )
    },
}
"""Where the record of a call has the key that it made."""
_MOST_KNOWN = 5000
_known_keys: set[tuple[int, str]] = set()


def makes_keys(visit: Visit) -> bool:
    return any(one.operation in _MAKE_KEYS and not one.error_code for one in visit.outcomes)


def note_member_key(attempt: Attempt, member: int | None, access_key_id: str) -> None:
    """Note whose a key is: a query once in each process, none for an attempt of no team."""
    known = (attempt.pk, access_key_id)
    if attempt.team_id is None or member is None or not access_key_id or known in _known_keys:
        return
    if len(_known_keys) >= _MOST_KNOWN:
        _known_keys.clear()
    _known_keys.add(known)
    row = MemberKey(attempt=attempt, member_id=member, access_key_id=access_key_id)
    MemberKey.objects.bulk_create([row], ignore_conflicts=True)


def _owner_of(attempt: Attempt, access_key_id: str) -> int | None:
    keys = MemberKey.objects.filter(attempt=attempt, access_key_id=access_key_id)
    return keys.values_list("member_id", flat=True).first()


def _key_in(record: Mapping[str, Mapping[str, Mapping[str, str]]], operation: str) -> str:
    part, name = _MAKE_KEYS[operation]
    return ((record.get("responseElements") or {}).get(part) or {}).get(name, "")


def _note_made_keys(attempt: Attempt, member: int, made: Mapping[UUID, str]) -> None:
    """Note the keys that a member's calls made."""
    events = Event.in_sandbox(attempt.sandbox).filter(event_id__in=made)
    for event_id, record in events.values_list("event_id", "record"):
        note_member_key(attempt, member, _key_in(record, made[event_id]))


def _is_kept(call: PerformedCall) -> bool:
    return bool(call.error_code) or registry.find(call.operation).writes


def note_member_calls(
    attempt: Attempt, visit: Visit, member: int | None = None, access_key_id: str = ""
) -> None:
    """Note who made a visit's writes and refused calls, where login or key says it."""
    if attempt.team_id is None:
        return
    by_key = member is None
    who = _owner_of(attempt, access_key_id) if member is None else member
    calls = {one.event_id: one for one in visit.outcomes if one.event_id}
    if who is None or not calls:
        return
    MemberCall.objects.bulk_create(
        [
            MemberCall(attempt=attempt, member_id=who, event_id=event_id, by_key=by_key)
            for event_id, call in calls.items()
            if _is_kept(call)
        ],
        ignore_conflicts=True,
    )
    made = {
        event_id: call.operation
        for event_id, call in calls.items()
        if call.operation in _MAKE_KEYS and not call.error_code
    }
    if made:
        _note_made_keys(attempt, who, made)


def note_member_answer(attempt: Attempt, member: int | None, answer: tuple[str, str, int]) -> None:
    """Note who gave the answer of a task, question and number; who was first stays."""
    if attempt.team_id is None or member is None:
        return
    task, check, number = answer
    rows = Response.objects.filter(attempt=attempt, task=task, check_name=check, number=number)
    rows.filter(by=None).update(by=member)
