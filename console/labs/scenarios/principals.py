"""Principals that a policy of a scenario names and that are not there when it is saved."""

import json
from collections.abc import Iterable, Mapping

from iam.arns import Arn, parse_arn
from iam.models import Account
from iam.models.identifiers import new_unique_id
from iam.queries.principals import aws_principals, role_of_session


def _principals(text: str) -> list[str]:
    try:
        return aws_principals(text)
    except (ValueError, TypeError, LookupError, AttributeError):
        return []  # AWS refuses the document, and says why


def _parsed(names: Iterable[str]) -> list[tuple[str, Arn]]:
    return [(name, arn) for name in names if (arn := parse_arn(name))]


def naming(text: str, arns: Iterable[str]) -> list[str]:
    """Return the principals of a policy that are one of these users and roles, or a session."""
    wanted = set(arns)
    roles = {(arn.account, arn.name) for _, arn in _parsed(wanted) if arn.is_of("iam", "role")}
    return [
        name
        for name, arn in _parsed(_principals(text))
        if name in wanted or (arn.account, role_of_session(arn)) in roles
    ]


def without(text: str, names: Iterable[str], account: Account) -> str:
    """Return a policy that names the root user of an account in place of some principals."""
    stand_in = json.dumps(account.root_arn)
    for name in names:
        text = text.replace(json.dumps(name, ensure_ascii=False), stand_in)
    return text


def bound_to_deleted(bound: Mapping[str, str], names: Iterable[str]) -> dict[str, str]:
    """Return the unique IDs of a policy's principals, of which some were deleted since."""
    gone = {
        name: new_unique_id("AIDA" if arn.type == "user" else "AROA")
        for name, arn in _parsed(names)
        if arn.is_of("iam", "user", "role")
    }
    return {**bound, **gone}
