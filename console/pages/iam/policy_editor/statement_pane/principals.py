"""*Add a principal*: the types of principal that a trust policy names."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from iam.arns import is_account_id, parse_arn, role_arn, root_arn, saml_provider_arn, user_arn

_SERVICE = re.compile(r"[a-z0-9.-]+\.amazonaws\.com(?:\.cn)?")
_DOMAIN = re.compile(r"[a-z0-9-]+(?:\.[a-z0-9-]+)+", re.IGNORECASE)


@dataclass(frozen=True)
class PrincipalType:
    """A choice of *Principal type*; `kind` is a key of the Principal element, `form` an example."""

    slug: str
    label: str
    kind: str
    form: str


PRINCIPAL_TYPES = (
    PrincipalType("account", "AWS accounts", "AWS", root_arn("{account}")),
    PrincipalType("user", "IAM users", "AWS", user_arn("{account}", "UserName")),
    PrincipalType("role", "IAM roles", "AWS", role_arn("{account}", "RoleName")),
    PrincipalType("service", "AWS services", "Service", "ec2.amazonaws.com"),
    PrincipalType(
        "provider",
        "Identity providers",
        "Federated",
        saml_provider_arn("{account}", "Name"),
    ),
    PrincipalType("everyone", "All principals", "AWS", "*"),
)


def principal_type(slug: str) -> PrincipalType:
    return next((one for one in PRINCIPAL_TYPES if one.slug == slug), PRINCIPAL_TYPES[0])


def of_account(account_id: str) -> Sequence[PrincipalType]:
    return [replace(one, form=one.form.format(account=account_id)) for one in PRINCIPAL_TYPES]


def _is_principal_arn(text: str) -> bool:
    arn = parse_arn(text)
    if arn is None or arn.service not in {"iam", "sts"} or arn.region:
        return False
    return text.split() == [text]


def principal_error(chosen: PrincipalType, who: str) -> str:
    """Return what is wrong with a principal of a type; empty if nothing is."""
    if chosen.kind == "Service":
        sentence = "Enter a service principal, for example ec2.amazonaws.com."
        return "" if _SERVICE.fullmatch(who) else sentence
    if who == "*" or _is_principal_arn(who):
        return ""
    if chosen.slug == "account":
        return "" if is_account_id(who) else "Enter an account ID of 12 digits, or an ARN."
    if chosen.kind == "Federated" and _DOMAIN.fullmatch(who):
        return ""
    return f"Enter an ARN, for example {chosen.form.format(account='123456789012')}."
