"""A principal read from the text that names it."""

import re
from collections.abc import Mapping
from dataclasses import replace

from iam.arns import Arn, is_account_id, parse_arn, root_arn
from iam.engine.request import Principal, PrincipalKind

WEB_IDENTITY_PROVIDERS = {
    "accounts.google.com",
    "cognito-identity.amazonaws.com",
    "graph.facebook.com",
    "www.amazon.com",
}
_KINDS: dict[str, PrincipalKind] = {
    "user": "user",
    "role": "role",
    "assumed-role": "role",
    "federated-user": "federated-user",
    "saml-provider": "saml",
    "oidc-provider": "web-identity",
}
_SERVICE = re.compile(r"[a-z0-9-]+(\.[a-z0-9-]+)+", re.ASCII)


def principal_named(text: str) -> Principal | None:
    """Read an ARN, an account ID, a service's name or `anonymous`; None for anything else.

    A session's ARN does not hold its role's path or ID: its role is taken to have no path.
    """
    if text == "anonymous":
        return Principal("anonymous")
    if is_account_id(text):
        return Principal("root", text, root_arn(text), text)
    if text in WEB_IDENTITY_PROVIDERS:
        return Principal("web-identity", provider=text)
    if _SERVICE.fullmatch(text):
        return Principal("service", arn=text, services=(text,))
    arn = parse_arn(text)
    known = (
        arn is not None and arn.is_of_account and arn.service in {"iam", "sts"} and not arn.region
    )
    return _of_arn(arn) if arn and known else None


def known_by_context(
    principal: Principal, context: Mapping[str, str | tuple[str, ...]]
) -> Principal:
    """Add what only the context has: a role's path, unique IDs, the identity provider."""
    if not principal.has_identity_policies:
        return principal
    known = {key.lower(): value for key, value in context.items() if isinstance(value, str)}
    unique_id = known.get("aws:userid", principal.unique_id)
    role_arn = principal.role_arn
    named = known.get("aws:principalarn", "")
    if role_arn and _same_role(role_arn, named):
        role_arn = named
    return replace(
        principal,
        unique_id=unique_id,
        role_arn=role_arn,
        role_id=unique_id.partition(":")[0] if role_arn else "",
        provider=known.get("aws:federatedprovider", ""),
    )


def _same_role(one: str, other: str) -> bool:
    """Whether two role ARNs differ in nothing but the path: names are unique in an account."""
    first, second = parse_arn(one), parse_arn(other)
    return first is not None and second is not None and _pathless(first) == _pathless(second)


def _pathless(arn: Arn) -> Arn:
    return arn._replace(resource=f"{arn.type}/{arn.name}")


def _of_arn(arn: Arn) -> Principal | None:
    account, type_ = arn.account, arn.type
    if arn.resource == "root":
        return Principal("root", account, str(arn), account)
    kind = _KINDS.get(type_)
    if kind is None or not arn.id or (type_ == "assumed-role" and "/" not in arn.id):
        return None
    if kind in {"saml", "web-identity"}:
        return Principal(kind, account, provider=str(arn))
    role = arn._replace(service="iam", resource=f"role/{arn.id.partition('/')[0]}")
    role_arn = {"role": str(arn), "assumed-role": str(role)}.get(type_, "")
    unique_id = f"{account}:{arn.id}" if type_ == "federated-user" else ""
    return Principal(kind, account, str(arn), unique_id, role_arn)
