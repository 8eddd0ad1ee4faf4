"""Whether S3 calls a bucket policy public."""

from functools import lru_cache
from ipaddress import ip_network
from typing import Any

from iam.engine import as_list, statements_in

_FIXING_KEYS = {
    "aws:principalaccount",
    "aws:principalarn",
    "aws:principalorgid",
    "aws:principalorgpaths",
    "aws:sourceaccount",
    "aws:sourcearn",
    "aws:sourceowner",
    "aws:sourcevpc",
    "aws:sourcevpce",
    "aws:userid",
    "s3:dataaccesspointaccount",
    "s3:dataaccesspointarn",
    "s3:x-amz-server-side-encryption-aws-kms-key-id",
}
_FIXING_OPERATORS = ("stringequals", "stringlike", "arnequals", "arnlike")
_WIDEST_PREFIX = {4: 8, 6: 32}


def _names_everyone(statement: dict[str, Any]) -> bool:
    if "NotPrincipal" in statement:
        return True
    principal = statement.get("Principal")
    if isinstance(principal, dict):
        return "*" in as_list(principal.get("AWS", []))
    return principal == "*"


def _narrow_address(value: object) -> bool:
    try:
        network = ip_network(str(value), strict=False)
    except ValueError:
        return False
    return network.prefixlen >= _WIDEST_PREFIX[network.version]


def _fixes(operator: str, key: str, values: list[Any]) -> bool:
    if operator == "ipaddress" and key == "aws:sourceip":
        return all(_narrow_address(value) for value in values)
    fixed = operator.startswith(_FIXING_OPERATORS) and not operator.endswith("ifexists")
    plain = not any(mark in str(value) for value in values for mark in "*?$")
    return fixed and key in _FIXING_KEYS and plain


def _narrowed(statement: dict[str, Any]) -> bool:
    conditions: dict[str, dict[str, Any]] = statement.get("Condition", {})
    return any(
        _fixes(operator.lower(), key.lower(), as_list(value))
        for operator, block in conditions.items()
        for key, value in block.items()
    )


@lru_cache(maxsize=512)
def is_public(text: str) -> bool:
    """Return whether a valid bucket policy is public: `*`, and no condition limits the callers."""
    return any(
        statement.get("Effect") == "Allow"
        and _names_everyone(statement)
        and not _narrowed(statement)
        for statement in statements_in(text)
    )
