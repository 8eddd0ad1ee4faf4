"""The rules of resource ARNs: their form, and two services' own rules."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from iam.arns import ACCOUNT, ARN_FIELDS, PARTITION, REGION, RESOURCE, SERVICE, split_arn
from iam.engine.document.places import Path
from iam.engine.document.quotes import quoted
from iam.engine.grammar.problem import Problem

_PARTITION = re.compile(r"aws(?:-[a-z]+)*|\*", re.ASCII)
_VARIABLE = re.compile(r"\$\{[^{}]*\}")
_NO_ACCOUNT = re.compile(r"[<>\s]")


@dataclass(frozen=True, slots=True)
class _Vendor:
    """IAM's rules for a vendor's ARNs in an identity policy: AWS's sentences, as data."""

    region_sentence: str
    regional: tuple[str, ...] = ()
    """How the resources begin that have a Region all the same."""
    starts: tuple[str, ...] = ()
    """How a resource must begin; empty if it may begin as it likes."""


_VENDORS = {
    "iam": _Vendor(
        "IAM resource {} cannot contain region information.",
        starts=(
            "user/", "federated-user/", "role/", "group/", "instance-profile/", "mfa/",
            "server-certificate/", "policy/", "sms-mfa/", "saml-provider/", "oidc-provider/",
            "report/", "access-report/",
        ),
    ),
    "s3": _Vendor(
        "Resource {} can not contain region information.",
        regional=("accesspoint/", "access-grants/", "async-request/", "job/", "storage-lens"),
    ),
}  # fmt: skip
_LATER = ("root", "contextProvider/", "role-template/")
"""Kinds of IAM resources that are younger than the sentence, which does not name them."""


def arn_problems(path: Path, resource: str) -> Iterator[Problem]:
    """Refuse a Resource value that is neither `*` nor an ARN; missing fields at its end are not."""
    if resource == "*":
        return
    fields = split_arn(_VARIABLE.sub("$", resource))
    if len(fields) == 1:
        detail = f"`{quoted(resource)}` is neither `*` nor an ARN (`arn:aws:…`)"
        yield Problem("INVALID_ARN_PREFIX", detail, path, value=quoted(resource))
    elif not _PARTITION.fullmatch(fields[PARTITION]):
        completed = f"arn:{resource.partition(':')[2]}" + ":*" * (ARN_FIELDS - len(fields))
        partition = quoted(fields[PARTITION])
        value = f'"{partition}" is not valid for resource "{quoted(completed)}"'
        yield Problem("INVALID_PARTITION", f"`{partition}` is no partition", path, value=value)
    elif len(fields) == 2 or (fields[SERVICE] != "*" and _is_wild(fields[SERVICE])):
        yield Problem("INVALID_ARN_VENDOR", f"`{quoted(resource)}` names no service in full", path)
    elif not fields[SERVICE] or (len(fields) < ARN_FIELDS and "::" in resource):
        detail = f"`{quoted(resource)}` has {len(fields)} of the six fields of an ARN"
        yield Problem("LEGACY_ARN", detail, path)


def vendor_problems(path: Path, resource: str) -> Iterator[Problem]:
    """Refuse what IAM refuses in an identity policy beyond the form of an ARN."""
    fields = split_arn(_VARIABLE.sub("$", resource))
    if len(fields) == ARN_FIELDS and _NO_ACCOUNT.search(fields[ACCOUNT]):
        detail = f"`{quoted(fields[ACCOUNT])}` is no account: 12 digits, `*`, `aws` or nothing"
        yield Problem("LEGACY_ACCOUNT", detail, path)
    rules = _VENDORS.get(fields[SERVICE]) if len(fields) > SERVICE else None
    if rules is None:
        return
    name = fields[RESOURCE] if len(fields) == ARN_FIELDS else "*"
    if len(fields) < 5 or fields[REGION]:
        if not name.startswith(rules.regional or ("\0",)):
            detail = f"ARNs of `{fields[SERVICE]}` leave the Region empty"
            sentence = rules.region_sentence.replace("{}", quoted(resource))
            yield Problem("ARN_REGION_NOT_ALLOWED", detail, path, value=sentence)
    elif rules.starts and name != "*" and not name.startswith(rules.starts + _LATER):
        detail = f"`{quoted(name)}` begins as no resource of `{fields[SERVICE]}` does"
        starts = ", ".join(rules.starts)
        sentence = f'IAM resource path must either be "*" or start with {starts}.'
        yield Problem("INVALID_ARN_RESOURCE", detail, path, value=sentence)


def _is_wild(text: str) -> bool:
    return "*" in text or "?" in text
