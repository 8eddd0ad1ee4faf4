"""*Add a principal*: the types of principal a trust policy names, and the form of each."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

_ARN = re.compile(r"arn:[^:\s]+:(?:iam|sts)::[^:\s]*:\S+")
_ACCOUNT = re.compile(r"\d{12}", re.ASCII)
_SERVICE = re.compile(r"[a-z0-9.-]+\.amazonaws\.com(?:\.cn)?")
_DOMAIN = re.compile(r"[a-z0-9-]+(?:\.[a-z0-9-]+)+", re.IGNORECASE)


@dataclass(frozen=True)
class PrincipalType:
    """A row of *Principal type*: the key of the Principal element, and the form of its value."""

    slug: str
    label: str
    kind: str
    form: str


PRINCIPAL_TYPES = (
    PrincipalType("account", "AWS accounts", "AWS", "arn:aws:iam::{account}:root"),
    PrincipalType("user", "IAM users", "AWS", "arn:aws:iam::{account}:user/UserName"),
    PrincipalType("role", "IAM roles", "AWS", "arn:aws:iam::{account}:role/RoleName"),
    PrincipalType("service", "AWS services", "Service", "ec2.amazonaws.com"),
    PrincipalType(
        "provider", "Identity providers", "Federated", "arn:aws:iam::{account}:saml-provider/Name"
    ),
    PrincipalType("everyone", "All principals", "AWS", "*"),
)


def principal_type(slug: str) -> PrincipalType:
    """Return the type chosen; the first if there is no such."""
    return next((one for one in PRINCIPAL_TYPES if one.slug == slug), PRINCIPAL_TYPES[0])


def of_account(account_id: str) -> Sequence[PrincipalType]:
    """Return the types with the forms of an account's ARNs."""
    return [replace(one, form=one.form.format(account=account_id)) for one in PRINCIPAL_TYPES]


def principal_error(chosen: PrincipalType, who: str) -> str:
    """Say what a principal of a type lacks; or nothing."""
    if chosen.kind == "Service":
        sentence = "Enter a service principal, for example ec2.amazonaws.com."
        return "" if _SERVICE.fullmatch(who) else sentence
    if who == "*" or _ARN.fullmatch(who):
        return ""
    if chosen.slug == "account":
        return "" if _ACCOUNT.fullmatch(who) else "Enter an account ID of 12 digits, or an ARN."
    if chosen.kind == "Federated" and _DOMAIN.fullmatch(who):
        return ""
    return f"Enter an ARN, for example {chosen.form.format(account='123456789012')}."
