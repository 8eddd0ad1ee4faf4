"""What operations on identity providers name: a provider by its ARN, one that is to be made."""

import re
from collections.abc import Callable, Mapping
from typing import Any

from iam.actions.refusals import invalid_input, no_such_entity
from iam.actions.subjects import Extra, checks_of_new, no_context, requested_tags, tag_context
from iam.models import OidcProvider, SamlProvider
from iam.perform import Call, Check, Params, Resolved
from iam.perform.registry import Resolver

Provider = SamlProvider | OidcProvider

_SAML = re.compile(r"arn:aws:iam::([0-9]{12}):saml-provider/([\w._-]+)", re.ASCII)
_OIDC = re.compile(r"arn:aws:iam::([0-9]{12}):oidc-provider/(.+)", re.DOTALL)


def saml_arn(account_id: str, name: str) -> str:
    """Return the ARN of a SAML provider."""
    return f"arn:aws:iam::{account_id}:saml-provider/{name}"


def oidc_arn(account_id: str, url: str) -> str:
    """Return the ARN of an OIDC provider, whose URL is without https://."""
    return f"arn:aws:iam::{account_id}:oidc-provider/{url}"


def saml_resource(arn: str) -> Mapping[str, str]:
    """Return how an event names a SAML provider."""
    return {"ResourceType": "AWS::IAM::SAMLProvider", "ResourceName": arn}


def oidc_resource(arn: str) -> Mapping[str, str]:
    """Return how an event names an OIDC provider."""
    return {"ResourceType": "AWS::IAM::OIDCProvider", "ResourceName": arn}


def _find(
    call: Call, model: type[SamlProvider | OidcProvider], account_id: str, **named: str
) -> Any:
    if account_id != call.caller.account_id or any("\0" in value for value in named.values()):
        return None
    rows = model.in_sandbox(call.caller.sandbox).filter(account=call.account, **named)
    found = rows.first()
    if found is not None:
        found.account = call.account
    return found


def _by_arn(
    parameter: str,
    pattern: re.Pattern[str],
    find: Callable[[Call, re.Match[str]], Any],
    missing: Callable[[str], str],
    resource: Callable[[str], Mapping[str, str]],
) -> Callable[[Extra], Resolver]:
    def resolver(extra: Extra = no_context) -> Resolver:
        def resolve(call: Call, params: Params) -> Resolved:
            arn = params[parameter]
            named = pattern.fullmatch(arn)
            if named is None:
                return Resolved((Check(call.operation, "*"),), missing=_not_an_arn(arn))
            found = find(call, named)
            context = {**tag_context(found), **extra(params, found)}
            return Resolved(
                checks=(Check(call.operation, arn, context=context),),
                subject=found,
                missing=None if found else no_such_entity(missing(arn)),
                resources=(resource(arn),),
            )

        return resolve

    return resolver


def _not_an_arn(arn: str) -> Any:
    return invalid_input(f"Invalid ARN:  {arn}")


named_saml = _by_arn(
    "SAMLProviderArn",
    _SAML,
    lambda call, named: _find(call, SamlProvider, named[1], name=named[2]),
    lambda arn: f"Manifest not found for arn {arn}",
    saml_resource,
)
named_oidc = _by_arn(
    "OpenIDConnectProviderArn",
    _OIDC,
    lambda call, named: _find(call, OidcProvider, named[1], url=named[2]),
    lambda arn: f"OpenIDConnect Provider not found for arn {arn}",
    oidc_resource,
)


def on_new_saml(call: Call, params: Params) -> Resolved:
    """Resolve a SAML provider that is to be made: a check on the ARN it will have."""
    arn = saml_arn(call.caller.account_id, params["Name"])
    checks = checks_of_new(call, "SAMLProvider", arn, requested_tags(params))
    return Resolved(checks=checks, resources=(saml_resource(arn),))


def on_new_oidc(call: Call, params: Params) -> Resolved:
    """Resolve an OIDC provider that is to be made: a check on the ARN it will have."""
    url = params["Url"].removeprefix("https://").removesuffix("/")
    arn = oidc_arn(call.caller.account_id, url)
    checks = checks_of_new(call, "OpenIDConnectProvider", arn, requested_tags(params))
    return Resolved(checks=checks, resources=(oidc_resource(arn),))


def keys_of_oidc(permission: str) -> Resolver:
    """Return a resolver of a provider's keys, which need the permission of an action of AWS's."""

    def resolve(call: Call, params: Params) -> Resolved:
        found = named_oidc(no_context)(call, params)
        checks = [Check(permission, one.resource, context=one.context) for one in found.checks]
        return Resolved(checks, found.subject, found.missing, found.resources)

    return resolve
