"""The engine's principal for a caller."""

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
    kept = caller.visit.memory.get("principal")
    if kept is None or kept[0] is not caller:
        kept = caller.visit.memory["principal"] = (caller, _principal(caller))
    found: Principal = kept[1]
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
