"""`userIdentity` as CloudTrail writes it."""

from datetime import UTC, datetime
from typing import Any

from iam.callers import Caller, CallerKind
from iam.wire.times import iso8601

_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_OF_A_PROVIDER = {CallerKind.SAML, CallerKind.WEB_IDENTITY}


def spelled_time(moment: datetime) -> str:
    """Return a time as records spell it in requests and responses: Sep 17, 2020 8:04:10 PM."""
    at = moment.astimezone(UTC)
    day, half = f"{_MONTHS[at.month - 1]} {at.day}, {at.year}", "AM" if at.hour < 12 else "PM"
    return f"{day} {at.hour % 12 or 12}:{at.minute:02}:{at.second:02} {half}"


def time_spelled(text: str) -> datetime | None:
    """Return the time that `spelled_time` spells; None for any other text."""
    words = text.replace(",", "").split()
    try:
        month, day, year, clock, half = words
        hour, minute, second = map(int, clock.split(":"))
        hour = hour % 12 + (12 if half == "PM" else 0)
        number = _MONTHS.index(month) + 1
        return datetime(int(year), number, int(day), hour, minute, second, tzinfo=UTC)
    except ValueError:
        return None


def _attributes(caller: Caller) -> dict[str, str]:
    return {
        "creationDate": iso8601(caller.issued_at or caller.now),
        "mfaAuthenticated": "true" if caller.mfa_at else "false",
    }


def _session_context(caller: Caller) -> dict[str, Any]:
    context: dict[str, Any] = {"attributes": _attributes(caller)}
    if caller.role is not None:
        context["sessionIssuer"] = {
            "type": "Role",
            "principalId": caller.role.unique_id,
            "arn": caller.role.arn,
            "accountId": caller.account_id,
            "userName": caller.role.name,
        }
    if caller.user_behind is not None:
        context["sessionIssuer"] = {
            "type": "IAMUser",
            "principalId": caller.user_behind.unique_id,
            "arn": caller.user_behind.arn,
            "accountId": caller.account_id,
            "userName": caller.user_behind.name,
        }
    if caller.source_instance:
        context["ec2RoleDelivery"] = "2.0"
    if caller.source_identity:
        context["sourceIdentity"] = caller.source_identity
    return context


def _provider(caller: Caller) -> str:
    """Return how the record names a provider: SAML's by a hash, as AWS does."""
    if caller.kind is CallerKind.SAML:
        return caller.principal_id.removesuffix(f":{caller.name}")
    return caller.federated_provider


def user_identity(caller: Caller) -> dict[str, Any]:
    """Return the caller as the record of its own account names it."""
    if caller.kind is CallerKind.SERVICE:
        return {"type": "AWSService", "invokedBy": caller.name}
    if caller.kind in _OF_A_PROVIDER:
        return {
            "type": caller.kind.value,
            "principalId": caller.principal_id,
            "userName": caller.name,
            "identityProvider": _provider(caller),
        }
    if caller.kind is CallerKind.UNKNOWN:
        return {"type": "Unknown", "accountId": "ANONYMOUS_PRINCIPAL"}
    named = {
        "type": caller.kind.value,
        "principalId": caller.principal_id,
        "arn": caller.arn,
        "accountId": caller.account_id,
        "accessKeyId": caller.access_key_id,
        "invokedBy": caller.origin.recorded_as,
    }
    identity: dict[str, Any] = {key: value for key, value in named.items() if value}
    if caller.kind is CallerKind.USER:
        identity["userName"] = caller.name
    if caller.is_temporary:
        identity["sessionContext"] = _session_context(caller)
    return identity


def foreign_identity(caller: Caller) -> dict[str, Any]:
    """Return the caller as another account's record names it."""
    return {
        "type": "AWSAccount",
        "principalId": caller.principal_id,
        "accountId": caller.account_id,
    }
