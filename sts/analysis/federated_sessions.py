"""Hypothetical sessions by an identity provider's assertion or token."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from iam.analysis import PLAIN, Circumstances, World
from iam.arns import account_of, saml_provider_arn
from iam.callers import Caller
from iam.federation import (
    Assertion,
    IdToken,
    SubjectStatement,
    assertion_of,
    read_claims,
    read_metadata,
    refuse_other_issuer,
)
from iam.models import OidcProvider, SamlProvider
from iam.perform import rehearse
from sts.actions.assume_role_with_saml import ROLE, on_role_by_saml
from sts.actions.assume_role_with_web_identity import on_role_by_token
from sts.actions.proofs import checked
from sts.analysis.session_requests import SessionRequest
from sts.analysis.sessions import PLAIN_REQUEST, HypotheticalSession, role_session_of
from sts.built_in import claims_for, name_of, person_of, roles_for, statement_for
from sts.built_in.models import Person
from sts.credentials import nobody_in

_HOUR = timedelta(hours=1)
_UNSIGNED = "unsigned"


def _asking(world: World, role_arn: str, now: Circumstances) -> Caller:
    return now.apply(nobody_in(world.sandbox, account_of(role_arn), world.origin, world.visit))


def suppose_saml_session(
    world: World,
    role_arn: str,
    provider_arn: str,
    said: SubjectStatement,
    request: SessionRequest = PLAIN_REQUEST,
    now: Circumstances = PLAIN,
) -> HypotheticalSession:
    """Return the session that a SAML provider's response would open; its times are ignored.

    Session name, tags and source identity are the response's attributes; the request has
    policies and duration.
    """

    def verify(caller: Caller, provider: SamlProvider, _: str) -> Assertion:
        checked(lambda: refuse_other_issuer(said.issuer, read_metadata(provider.metadata)))
        return assertion_of(said)

    given = {"RoleArn": role_arn, "PrincipalArn": provider_arn, "SAMLAssertion": _UNSIGNED}
    rehearsal = rehearse(
        _asking(world, role_arn, now),
        "sts:AssumeRoleWithSAML",
        {**given, **request.limits()},
        resolve=partial(on_role_by_saml, verify=verify),
    )
    if not rehearsal.allowed:
        return HypotheticalSession(rehearsal)
    return role_session_of(world, rehearsal, rehearsal.subject[0])


@dataclass(frozen=True)
class ClaimedToken:
    """The claims of an unsigned token; without times it is issued now."""

    claims: Mapping[str, Any]

    def issuer(self) -> str:
        return str(self.claims.get("iss", ""))

    def read(self, provider: OidcProvider, keys: Mapping[str, Any], now: datetime) -> IdToken:
        """Return the token as if it were verified."""
        times = {"iat": int(now.timestamp()), "exp": int((now + _HOUR).timestamp())}
        claims, issuer = {**times, **self.claims}, self.issuer()
        return checked(lambda: read_claims(claims, issuer, provider.client_ids, now))


def suppose_web_identity_session(
    world: World,
    role_arn: str,
    claims: Mapping[str, Any],
    request: SessionRequest = PLAIN_REQUEST,
    now: Circumstances = PLAIN,
) -> HypotheticalSession:
    """Return the session that an OpenID Connect token with these claims would open.

    Tags and source identity are claims; the request has name, policies and duration.
    """
    given = {"RoleArn": role_arn, "RoleSessionName": request.session_name}
    rehearsal = rehearse(
        _asking(world, role_arn, now),
        "sts:AssumeRoleWithWebIdentity",
        {**given, "WebIdentityToken": _UNSIGNED, **request.limits()},
        resolve=partial(on_role_by_token, sent=ClaimedToken(claims)),
    )
    if not rehearsal.allowed:
        return HypotheticalSession(rehearsal)
    return role_session_of(world, rehearsal, rehearsal.subject[0])


def _person(world: World, name: str) -> Person:
    found = person_of(world.sandbox, name)
    if found is None:
        message = f"the identity provider of this sandbox has no person {name}"
        raise LookupError(message)
    found.sandbox = world.sandbox
    return found


def _saml_provider(world: World, role_arn: str, offered: Mapping[str, str]) -> str:
    """Return the provider that offers a role, else one that could."""
    account_id = account_of(role_arn)
    rows = SamlProvider.in_sandbox(world.sandbox).filter(account__account_id=account_id)
    name = "" if role_arn in offered else rows.values_list("name", flat=True).first()
    return offered.get(role_arn) or saml_provider_arn(account_id, name or "none")


def suppose_person_by_saml(
    world: World,
    name: str,
    role_arn: str,
    attributes: Mapping[str, Sequence[str]] | None = None,
    request: SessionRequest = PLAIN_REQUEST,
    now: Circumstances = PLAIN,
) -> HypotheticalSession:
    """Return the session of a person of the sandbox's own identity provider, by SAML.

    `attributes` are further ones of the response, by their full names; one that offers roles takes
    the place of what the provider offers. Raises LookupError if there is no such person.
    """
    person = _person(world, name)
    offers, at = roles_for(person), _asking(world, role_arn, now).origin.received_at
    said = statement_for(person, offers, at)
    said = replace(said, attributes={**said.attributes, **(attributes or {})})
    offered = dict(one.split(",", 1) for one in said.attributes[ROLE])
    provider_arn = _saml_provider(world, role_arn, offered)
    return suppose_saml_session(world, role_arn, provider_arn, said, request, now)


def suppose_person_by_oidc(
    world: World,
    name: str,
    role_arn: str,
    claims: Mapping[str, Any] | None = None,
    request: SessionRequest = PLAIN_REQUEST,
    now: Circumstances = PLAIN,
) -> HypotheticalSession:
    """Return the session of a person of the sandbox's own identity provider, by OpenID Connect.

    `claims` are further ones of the token; the default audience is the provider's first.
    Raises LookupError if there is no such person.
    """
    person, host = _person(world, name), name_of(world.sandbox).host
    rows = OidcProvider.in_sandbox(world.sandbox).filter(url=host)
    provider = rows.filter(account__account_id=account_of(role_arn)).first()
    audience = provider.client_ids[0] if provider and provider.client_ids else ""
    at = _asking(world, role_arn, now).origin.received_at
    said = {**claims_for(person, audience, _HOUR, at), **(claims or {})}
    return suppose_web_identity_session(world, role_arn, said, request, now)
