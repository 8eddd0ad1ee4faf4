"""From the text that names a principal to the principal, as far as the text tells."""

import re

from iam.engine.request import Principal

WEB_IDENTITY_PROVIDERS = {
    "accounts.google.com",
    "cognito-identity.amazonaws.com",
    "graph.facebook.com",
    "www.amazon.com",
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


def _of_arn(arn: str, found: re.Match[str]) -> Principal | None:
    account, type_, name = found["account"], found["type"], found["name"] or ""
    if (type_ == "root") == bool(name):
        return None
    match type_:
        case "root":
            return Principal("root", account, arn, account)
        case "user":
            return Principal("user", account, arn)
        case "role":
            return Principal("role", account, arn, role_arn=arn)
        case "assumed-role":
            role = f"arn:{found['partition']}:iam::{account}:role/{name.partition('/')[0]}"
            return Principal("role", account, arn, role_arn=role) if "/" in name else None
        case "federated-user":
            return Principal("federated-user", account, arn, f"{account}:{name}")
        case "saml-provider":
            return Principal("saml", account, provider=arn)
        case _:
            return Principal("web-identity", account, provider=arn)
