"""The request context: the condition keys that AWS derives for every call."""

from datetime import datetime

from iam.authorization.kept_of_callers import keep_of, kept_of
from iam.authorization.organization import organization_of
from iam.authorization.permission_checks import ContextValue, PermissionCheck
from iam.callers import Caller, CallerKind
from iam.engine import SharedContext
from iam.wire.times import iso8601

_PRINCIPAL_TYPES = {
    CallerKind.ROOT: "Account",
    CallerKind.USER: "User",
    CallerKind.ROLE: "AssumedRole",
    CallerKind.FEDERATED: "FederatedUser",
    CallerKind.SERVICE: "Service",
}


def _of_request(caller: Caller, now: datetime, secure: bool) -> dict[str, ContextValue]:
    return {
        "aws:CurrentTime": iso8601(now),
        "aws:EpochTime": str(int(now.timestamp())),
        "aws:SecureTransport": "true" if secure else "false",
        "aws:SourceIp": caller.origin.source_ip,
        "aws:UserAgent": caller.origin.user_agent,
        "aws:RequestedRegion": caller.origin.region,
        "aws:ResourceAccount": caller.account_id,
        "aws:ViaAWSService": "false",  # no service calls another on a caller's behalf here
    }


def _of_service(caller: Caller) -> dict[str, ContextValue]:
    return {
        "aws:PrincipalIsAWSService": "true",
        "aws:PrincipalServiceName": caller.name,
        "aws:PrincipalServiceNamesList": (caller.name,),
        "aws:PrincipalType": _PRINCIPAL_TYPES[caller.kind],
    }


def _of_principal(caller: Caller) -> dict[str, ContextValue]:
    if caller.kind is CallerKind.SERVICE:
        return _of_service(caller)
    if caller.kind not in _PRINCIPAL_TYPES:  # the provider's own keys name such a caller
        return {"aws:PrincipalIsAWSService": "false"}
    keys: dict[str, ContextValue] = {
        "aws:PrincipalArn": caller.role.arn if caller.role else caller.arn,
        "aws:PrincipalAccount": caller.account_id,
        "aws:PrincipalType": _PRINCIPAL_TYPES[caller.kind],
        "aws:PrincipalIsAWSService": "false",
        "aws:userid": caller.principal_id,
    }
    if caller.kind is CallerKind.USER:
        keys["aws:username"] = caller.name
    if caller.source_identity:
        keys["aws:SourceIdentity"] = caller.source_identity
    if caller.federated_provider:
        keys["aws:FederatedProvider"] = caller.federated_provider
    keys.update(caller.federation)
    for key, value in {**caller.tags, **caller.session_tags}.items():
        keys[f"aws:PrincipalTag/{key}"] = value
    return keys


def _of_session(caller: Caller) -> dict[str, ContextValue]:
    """Return the condition keys that only temporary credentials and console sign-ins have."""
    if caller.issued_at is None:
        return {}
    keys: dict[str, ContextValue] = {
        "aws:TokenIssueTime": iso8601(caller.issued_at),
        "aws:MultiFactorAuthPresent": "true" if caller.mfa_at else "false",
    }
    if caller.source_instance:
        keys["ec2:SourceInstanceARN"] = caller.source_instance
        keys["aws:SourceInstanceARN"] = caller.source_instance
        keys["ec2:RoleDelivery"] = "2.0"
    if caller.mfa_at:
        keys["aws:MultiFactorAuthAge"] = str(int((caller.now - caller.mfa_at).total_seconds()))
    return keys


def _of_organization(caller: Caller, check: PermissionCheck) -> dict[str, ContextValue]:
    """Return the condition keys of the organization, for principal, resource and source."""
    found = organization_of(caller)
    if found is None:
        return {}
    keys: dict[str, ContextValue] = {}
    concerned = {
        "Resource": check.account_id or caller.account_id,
        "Source": {**check.context, **caller.origin.supposed}.get("aws:SourceAccount", ""),
    }
    if caller.kind in _PRINCIPAL_TYPES and caller.kind is not CallerKind.SERVICE:
        concerned["Principal"] = caller.account_id
        keys["aws:PrincipalOrgMasterAccountId"] = found.management_id
    for whose, account_id in concerned.items():
        if account_id in found.units:
            keys[f"aws:{whose}OrgID"] = found.id
            keys[f"aws:{whose}OrgPaths"] = (found.path(str(account_id)),)
    return keys


def _of_caller(caller: Caller) -> SharedContext:
    """Return the condition keys that all checks of a caller share, kept for the caller's next."""
    sandbox, secure = caller.sandbox, caller.origin.secure
    at = sandbox.clock_offset, sandbox.secure_transport if secure is None else secure
    kept = kept_of(caller, "context")
    if kept is None or kept[0] != at:
        of_request = _of_request(caller, caller.now, at[1])
        keys = {**of_request, **_of_principal(caller), **_of_session(caller)}
        kept = keep_of(caller, "context", (at, SharedContext(keys)))
    found: SharedContext = kept[1]
    return found


def request_context(caller: Caller, check: PermissionCheck) -> SharedContext:
    """Return the condition keys of a check; its own replace AWS's, supposed ones replace both."""
    common, account_id = _of_caller(caller), check.account_id or caller.account_id
    own = {**check.context, **caller.origin.supposed}
    if caller.sandbox.organization_id:
        own = {**_of_organization(caller, check), **own}
    if not own and account_id == caller.account_id:
        return common
    return SharedContext({"aws:ResourceAccount": account_id, **own}, common)
