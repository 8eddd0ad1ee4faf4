"""People of a sandbox's identity provider, who get into roles by what it says of them."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from django.utils.text import capfirst

from console.labs.checks.case import Case
from iam.analysis import Circumstances
from iam.arns import account_of, saml_provider_arn
from iam.perform import Rehearsal
from iam.wire.errors import AwsError
from sts.analysis import (
    HypotheticalSession,
    SessionRequest,
    suppose_person_by_oidc,
    suppose_person_by_saml,
)

_CLAIMS = "https://aws.amazon.com"
_ATTRIBUTES = f"{_CLAIMS}/SAML/Attributes"


@dataclass(frozen=True)
class Claimant:
    """Somebody of the identity provider, with what it is to say besides the usual.

    `provider` is the name of another SAML provider of the role's account.
    """

    name: str
    via: str
    claims: Mapping[str, Any] = field(default_factory=dict)
    audience: str = ""
    provider: str = ""


def person_of(asks: Mapping[str, Any]) -> Claimant:
    """Return the person that a lab file means: `{person, via, claims, audience, provider}`."""
    return Claimant(
        asks["person"],
        asks["via"],
        asks.get("claims", {}),
        asks.get("audience", ""),
        asks.get("provider", ""),
    )


def _texts(value: Any) -> list[str]:
    return list(map(str, value)) if isinstance(value, list | tuple) else [str(value)]


def saml_attributes(person: Claimant, request: SessionRequest) -> dict[str, list[str]]:
    """Return the attributes of a SAML response that a lab file gives by its words."""
    named = {key: _texts(value) for key, value in person.claims.items() if ":" in key}
    attributes = {key: value for key, value in named.items() if not key.startswith("saml:")}
    for key, value in request.tags.items():
        attributes[f"{_ATTRIBUTES}/PrincipalTag:{key}"] = [value]
    if request.transitive_tag_keys:
        attributes[f"{_ATTRIBUTES}/TransitiveTagKeys"] = list(request.transitive_tag_keys)
    if request.source_identity:
        attributes[f"{_ATTRIBUTES}/SourceIdentity"] = [request.source_identity]
    if request.session_name != SessionRequest.session_name:
        attributes[f"{_ATTRIBUTES}/RoleSessionName"] = [request.session_name]
    return attributes


def token_claims(person: Claimant, request: SessionRequest) -> dict[str, Any]:
    """Return the claims of a token that a lab file gives by its words."""
    claims = dict(person.claims)
    if person.audience:
        claims["aud"] = person.audience
    if request.tags:
        tags = {key: [value] for key, value in request.tags.items()}
        nested = {"principal_tags": tags, "transitive_tag_keys": list(request.transitive_tag_keys)}
        claims[f"{_CLAIMS}/tags"] = nested
    if request.source_identity:
        claims[f"{_CLAIMS}/source_identity"] = request.source_identity
    return claims


def _by_saml(
    case: Case, person: Claimant, role_arn: str, request: SessionRequest, now: Circumstances
) -> HypotheticalSession:
    said = {key: str(value) for key, value in person.claims.items() if key.startswith("saml:")}
    if person.audience:
        said["saml:aud"] = person.audience
    now = replace(now, context={**now.context, **said}) if said else now
    attributes = saml_attributes(person, request)
    if person.provider:
        provider_arn = saml_provider_arn(account_of(role_arn), person.provider)
        attributes[f"{_ATTRIBUTES}/Role"] = [f"{role_arn},{provider_arn}"]
    return suppose_person_by_saml(case.world, person.name, role_arn, attributes, request, now)


def enter_as(
    case: Case, person: Claimant, role_arn: str, request: SessionRequest, now: Circumstances
) -> HypotheticalSession:
    """Return the session of a role that a person gets by SAML or OpenID Connect."""
    try:
        if person.via == "saml":
            return _by_saml(case, person, role_arn, request, now)
        claims = token_claims(person, request)
        return suppose_person_by_oidc(case.world, person.name, role_arn, claims, request, now)
    except LookupError as error:
        nobody = next(iter(case.world.everyone)).caller
        refusal = AwsError("AccessDenied", capfirst(str(error)), 403)
        return HypotheticalSession(Rehearsal(nobody, "sts:AssumeRole", {}, error=refusal))
