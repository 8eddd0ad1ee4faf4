"""Events as lanes of a timeline: one for each principal that called."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from console.pages.cloudtrail.explained import why_url
from console.pages.cloudtrail.rows import EventRow
from console.signin.console import Console
from console.ui.timelines import Lane, Mark
from iam.callers import DENIAL_CODES

_KINDS = {
    "IAMUser": "IAM user",
    "Root": "Root user",
    "AssumedRole": "Role session",
    "FederatedUser": "Federated user",
    "SAMLUser": "SAML user",
    "WebIdentityUser": "Web identity",
    "AWSService": "AWS service",
    "AWSAccount": "Another account",
}
_SHORT = {"cloudtrail": "trail", "organizations": "org", "access-analyzer": "aa", "lambda": "fn"}
_LONGEST = 6


@dataclass(frozen=True)
class EventPrincipal:
    """Who made a call, as its record names them; `kind` is in words."""

    key: str
    name: str
    kind: str
    url: str = ""


def principal_of(identity: Mapping[str, Any], own_account: str) -> EventPrincipal:
    """Return the principal of a `userIdentity`; one of another account has no page here."""
    type_, arn = str(identity.get("type", "")), str(identity.get("arn", ""))
    kind = _KINDS.get(type_, "Unknown")
    issuer = identity.get("sessionContext", {}).get("sessionIssuer", {})
    name = str(identity.get("userName") or arn.partition("/")[2] or identity.get("invokedBy", ""))
    url = ""
    if type_ == "Root":
        name = "root"
    elif type_ == "AWSAccount":
        name = str(identity.get("accountId", ""))
    elif identity.get("accountId") == own_account:
        if type_ == "IAMUser" and identity.get("principalId"):
            url = reverse("user", args=[name])
        elif issuer.get("type") == "Role":
            url = reverse("role", args=[issuer["userName"]])
    key = str(identity.get("principalId") or name or type_)
    return EventPrincipal(key, name or "Unknown", kind, url)


def outcome_of(row: EventRow) -> str:
    """Return whether a call was allowed, denied, or failed for another reason."""
    code = row.recorded("errorCode")
    if code in DENIAL_CODES:
        return "denied"
    answered = row.record.get("responseElements") or {}
    failed = code or row.recorded("errorMessage") or "Failure" in map(str, answered.values())
    return "failed" if failed else "allowed"


def lanes_of(console: Console, rows: Sequence[EventRow]) -> list[Lane]:
    """Return a lane for each principal, in the order of their first calls."""
    who: dict[str, EventPrincipal] = {}
    marks: dict[str, list[Mark]] = {}
    for number, row in enumerate(rows):
        one = principal_of(row.record.get("userIdentity", {}), console.account_id)
        who.setdefault(one.key, one)
        marks.setdefault(one.key, []).append(_mark(console, row, number, one))
    return [
        Lane(one.name, one.kind, f"{one.kind} {one.name}", tuple(marks[key]), one.url)
        for key, one in who.items()
    ]


def _mark(console: Console, row: EventRow, number: int, who: EventPrincipal) -> Mark:
    outcome, service = outcome_of(row), str(row.found["EventSource"]).partition(".")[0]
    explained = why_url(console, row) if outcome == "denied" else ""
    note = "Why?" if explained else outcome
    return Mark(
        number,
        _SHORT.get(service, service[:_LONGEST]),
        outcome,
        f"{row.name} of {service} by {who.name}: {outcome}",
        row.url,
        note if outcome != "allowed" else "",
        explained,
    )
