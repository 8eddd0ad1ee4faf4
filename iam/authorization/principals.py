"""The engine's principal for a caller."""

from iam.authorization.kept_of_callers import keep_of, kept_of
from iam.callers import Caller, CallerKind
from iam.engine import Principal
from iam.engine.request import PrincipalKind

_KINDS: dict[CallerKind, PrincipalKind] = {
    CallerKind.ROOT: "root",
    CallerKind.USER: "user",
    CallerKind.ROLE: "role",
    CallerKind.FEDERATED: "federated-user",
    CallerKind.SAML: "saml",
    CallerKind.WEB_IDENTITY: "web-identity",
    CallerKind.UNKNOWN: "anonymous",
    CallerKind.SERVICE: "service",
}


def principal_of(caller: Caller) -> Principal:
    """Return the engine's principal for a caller, kept for the caller's next check."""
    found: Principal = kept_of(caller, "principal") or keep_of(
        caller, "principal", _principal(caller)
    )
    return found


def _principal(caller: Caller) -> Principal:
    role = caller.role or caller.user_behind
    return Principal(
        kind=_KINDS[caller.kind],
        account=caller.account_id,
        arn=caller.arn,
        unique_id=caller.principal_id,
        role_arn=role.arn if role else "",
        role_id=role.unique_id if role else "",
        provider=caller.federated_provider,
        services=(caller.name,) if caller.kind is CallerKind.SERVICE else (),
    )
