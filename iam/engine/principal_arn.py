"""From the text that names a principal to the principal, as far as the text tells."""

import re
from collections.abc import Mapping
from dataclasses import replace

from iam.engine.request import Principal, PrincipalKind

WEB_IDENTITY_PROVIDERS = {
    "accounts.google.com",
    "cognito-identity.amazonaws.com",
    "graph.facebook.com",
    "www.amazon.com",
}
_KINDS: dict[str, PrincipalKind] = {
    "root": "root",
    "user": "user",
    "role": "role",
    "assumed-role": "role",
    "federated-user": "federated-user",
    "saml-provider": "saml",
    "oidc-provider": "web-identity",
}
_ARN = re.compile(
    r"arn:(?P<partition>aws[a-z-]*):(?:iam|sts)::(?P<account>\d{12}):"
    r"(?P<type>root|user|role|assumed-role|federated-user|saml-provider|oidc-provider)"
    r"(?:/(?P<name>.+))?",
    re.ASCII | re.DOTALL,
)
_SERVICE = re.compile(r"[a-z0-9-]+(\.[a-z0-9-]+)+", re.ASCII)


def principal_named(text: str) -> Principal | None:
    """Read an ARN, an account ID, a service's name or `anonymous`; None for anything else.

    A session's ARN does not hold its role's path or ID: its role is taken to have no path.
    """
    if text == "anonymous":
        return Principal("anonymous")
    if re.fullmatch(r"\d{12}", text, re.ASCII):
        return Principal("root", text, f"arn:aws:iam::{text}:root", text)
    if text in WEB_IDENTITY_PROVIDERS:
        return Principal("web-identity", provider=text)
    if _SERVICE.fullmatch(text):
        return Principal("service", arn=text, services=(text,))
    found = _ARN.fullmatch(text)
    return _of_arn(text, found) if found else None


def known_by_context(
    principal: Principal, context: Mapping[str, str | tuple[str, ...]]
) -> Principal:
    """Add what only the context tells: a role's path, unique IDs, the identity provider."""
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
    account, _, path = one.partition(":role/")
    same_account = other.startswith(f"{account}:role/")
    return same_account and path.rpartition("/")[2] == other.rpartition("/")[2]


def _of_arn(arn: str, found: re.Match[str]) -> Principal | None:
    account, type_, name = found["account"], found["type"], found["name"] or ""
    kind = _KINDS[type_]
    if (type_ == "root") == bool(name) or (type_ == "assumed-role" and "/" not in name):
        return None
    if kind in {"saml", "web-identity"}:
        return Principal(kind, account, provider=arn)
    role = f"arn:{found['partition']}:iam::{account}:role/{name.partition('/')[0]}"
    role_arn = {"role": arn, "assumed-role": role}.get(type_, "")
    unique_id = {"root": account, "federated-user": f"{account}:{name}"}.get(type_, "")
    return Principal(kind, account, arn, unique_id, role_arn)
