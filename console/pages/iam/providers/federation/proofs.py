"""The values of the last proof that a provider gave for a role, from the event history."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from console.pages.calls import call, may_call
from console.pages.iam.providers.federation.trusts import FederatedTrust

_AT_ONCE = 50


@dataclass(frozen=True)
class Proof:
    """What a provider said, as the record of the call has it; `error` if STS refused it."""

    time: datetime
    url: str
    issuer: str = ""
    audience: str = ""
    subject: str = ""
    subject_type: str = ""
    session_name: str = ""
    role_arn: str = ""
    provider_arn: str = ""
    tags: tuple[tuple[str, str], ...] = ()
    error: str = ""

    def value_of(self, key: str) -> str:
        """Return what the proof has of a condition key; empty where the record does not say."""
        known = {
            "aud": self.audience,
            "iss": self.issuer,
            "sub": self.subject,
            "sub_type": self.subject_type,
        }
        return known.get(key.lower(), "")


def proofs_of(request: HttpRequest, *operations: str) -> list[Proof]:
    """Return the last proofs, the newest first; none to who may not look up events.

    That is rehearsed before, so that a page that only shows more by it leaves no denial.
    """
    found: list[Proof] = []
    for operation in dict.fromkeys(operations):
        attribute = {"AttributeKey": "EventName", "AttributeValue": operation}
        asked = {"LookupAttributes": [attribute], "MaxResults": _AT_ONCE}
        if not may_call(request, "cloudtrail:LookupEvents", **asked):
            return []
        looked = call(request, "cloudtrail:LookupEvents", **asked)
        found += [_proof(event) for event in looked.rows("Events")]
    return sorted(found, key=lambda one: one.time, reverse=True)


def proof_for(proofs: list[Proof], trust: FederatedTrust, role_arn: str) -> Proof | None:
    """Return the newest proof of a statement's provider for a role, or for any role."""
    for one in proofs:
        own = trust.is_saml == bool(one.provider_arn and ":saml-provider/" in one.provider_arn)
        if own and one.provider_arn.endswith(trust.name) and role_arn in {"", one.role_arn}:
            return one
    return None


def _proof(event: Mapping[str, Any]) -> Proof:
    record = json.loads(event["CloudTrailEvent"])
    asked = record.get("requestParameters") or {}
    answered = record.get("responseElements") or {}
    provider = str(asked.get("principalArn") or answered.get("provider") or "")
    tags = asked.get("principalTags") or {}
    return Proof(
        time=event["EventTime"],
        url=reverse("event", args=[event["EventId"]]),
        issuer=str(answered.get("issuer", "")),
        audience=str(answered.get("audience", "")),
        subject=str(answered.get("subject") or answered.get("subjectFromWebIdentityToken") or ""),
        subject_type=str(answered.get("subjectType", "")),
        session_name=str(asked.get("roleSessionName", "")),
        role_arn=str(asked.get("roleArn", "")),
        provider_arn=provider or _provider_of(record),
        tags=tuple((str(key), str(value)) for key, value in tags.items()),
        error=str(record.get("errorCode", "")),
    )


def _provider_of(record: Mapping[str, Any]) -> str:
    """Return whom a record without a response names as the provider."""
    return str(record.get("userIdentity", {}).get("identityProvider", ""))
