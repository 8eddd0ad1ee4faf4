"""The operations that some temporary credentials may not call, whatever their policies."""

from iam.callers import Caller, CallerKind
from iam.wire.errors import AwsError

_OF_SESSION_TOKENS = {"sts:AssumeRole", "sts:GetCallerIdentity"}
_OF_FEDERATED_USERS = {"sts:GetCallerIdentity"}
_NOT_OF_ROLES = {"sts:GetSessionToken", "sts:GetFederationToken"}


def _no_iam(caller: Caller) -> bool:
    """Return whether IAM refuses the credentials; its console accepts a federated user's."""
    if caller.origin.via_console:
        return False
    without_mfa = caller.has_session_token and caller.mfa_at is None
    return caller.kind is CallerKind.FEDERATED or without_mfa


def _no_sts(caller: Caller, operation: str) -> bool:
    if caller.has_session_token:
        return operation not in _OF_SESSION_TOKENS
    if caller.kind is CallerKind.FEDERATED:
        return operation not in _OF_FEDERATED_USERS
    return caller.role is not None and operation in _NOT_OF_ROLES


def refuse_barred(caller: Caller, operation: str) -> None:
    """Raise AwsError for an operation that the caller's kind of credentials may not call."""
    service, _, name = operation.partition(":")
    if service == "iam" and _no_iam(caller):
        message = "The security token included in the request is invalid"
        raise AwsError("InvalidClientTokenId", message, 403)
    if service == "sts" and _no_sts(caller, operation):
        kind = "federated user" if caller.kind is CallerKind.FEDERATED else "session"
        raise AwsError("AccessDenied", f"Cannot call {name} with {kind} credentials", 403)
