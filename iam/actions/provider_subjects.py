"""Resolvers of identity providers."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from iam.actions.refusals import invalid_input, no_such_entity
from iam.actions.resource_kinds import iam_resource
from iam.actions.subjects import (
    Extra,
    no_context,
    one,
    requested_tags,
    resolution_of,
    resolution_of_new,
)
from iam.arns import Arn, oidc_provider_arn, parse_iam_arn, saml_provider_arn
from iam.models import OidcProvider, SamlProvider
from iam.perform import Call, Params, PermissionCheck, Resolution
from iam.perform.registry import EachResolver, Resolver

_SAML_NAME = re.compile(r"[\w._-]+", re.ASCII)


def parse_saml_arn(text: str) -> Arn | None:
    arn = parse_iam_arn(text, "saml-provider")
    return arn if arn and _SAML_NAME.fullmatch(arn.id) else None


def _parse_oidc_arn(text: str) -> Arn | None:
    arn = parse_iam_arn(text, "oidc-provider")
    return arn if arn and arn.id else None


@dataclass(frozen=True)
class ProviderKind:
    """SAML or OIDC providers: the names in requests and events, and the parser of ARNs."""

    parameter: str
    model: type[SamlProvider] | type[OidcProvider]
    column: str
    parse: Callable[[str], Arn | None]
    missing: str
    resource_word: str

    def found(self, call: Call, arns: Sequence[str]) -> dict[str, Any]:
        """Return providers of the caller's account by ARN, in one query."""
        names = [
            named.id
            for named in map(self.parse, arns)
            if named and named.account == call.caller.account_id and "\0" not in named.id
        ]
        if not names:
            return {}
        rows = self.model.in_sandbox(call.caller.sandbox).filter(account=call.account)
        found = {}
        for provider in rows.filter(**{f"{self.column}__in": set(names)}):
            provider.account = call.account
            found[provider.arn] = provider
        return found

    def resolved(self, call: Call, params: Params, provider: Any, extra: Extra) -> Resolution:
        """Return the usual resolution: one check on the ARN, and NoSuchEntity if it is missing."""
        arn = params[self.parameter]
        if self.parse(arn) is None:
            return Resolution(
                (PermissionCheck(call.operation, "*"),),
                missing=invalid_input(f"Invalid ARN:  {arn}", self.parameter),
            )
        missing = no_such_entity(self.missing.format(arn), self.parameter)
        context, resource = extra(params, provider), iam_resource(self.resource_word, arn)
        return resolution_of(call, arn, provider, context, missing=missing, resource=resource)


_SAML_KIND = ProviderKind(
    "SAMLProviderArn",
    SamlProvider,
    "name",
    parse_saml_arn,
    "Manifest not found for arn {}",
    "SAMLProvider",
)
_OIDC_KIND = ProviderKind(
    "OpenIDConnectProviderArn",
    OidcProvider,
    "url",
    _parse_oidc_arn,
    "OpenIDConnect Provider not found for arn {}",
    "OIDCProvider",
)


def _each(kind: ProviderKind, extra: Extra) -> EachResolver:
    def resolve(call: Call, requests: Sequence[Params]) -> list[Resolution]:
        found = kind.found(call, [params[kind.parameter] for params in requests])
        return [
            kind.resolved(call, params, found.get(params[kind.parameter]), extra)
            for params in requests
        ]

    return resolve


def each_oidc(call: Call, requests: Sequence[Params]) -> list[Resolution]:
    return _each(_OIDC_KIND, no_context)(call, requests)


def named_saml(extra: Extra = no_context) -> Resolver:
    return one(_each(_SAML_KIND, extra))


def named_oidc(extra: Extra = no_context) -> Resolver:
    return one(_each(_OIDC_KIND, extra))


def on_new_saml(call: Call, params: Params) -> Resolution:
    """Resolve a new SAML provider: a check on its future ARN."""
    arn = saml_provider_arn(call.caller.account_id, params["Name"])
    resource = iam_resource("SAMLProvider", arn)
    return resolution_of_new(call, "SAMLProvider", arn, requested_tags(params), resource)


def on_new_oidc(call: Call, params: Params) -> Resolution:
    """Resolve a new OIDC provider: a check on its future ARN."""
    url = params["Url"].removeprefix("https://")
    arn = oidc_provider_arn(call.caller.account_id, url)
    resource = iam_resource("OIDCProvider", arn)
    return resolution_of_new(call, "OpenIDConnectProvider", arn, requested_tags(params), resource)


def keys_of_oidc(permission: str) -> Resolver:
    """Return a resolver of a provider's keys, which need the permission for an action of AWS."""

    def resolve(call: Call, params: Params) -> Resolution:
        found = named_oidc(no_context)(call, params)
        checks = [
            PermissionCheck(permission, it.resource, context=it.context) for it in found.checks
        ]
        return Resolution(checks, found.subject, found.missing, found.resources)

    return resolve
