"""sts:AssumeRole."""

import re
from datetime import timedelta

from django.db.models import QuerySet

from iam.actions.mfa_codes import second_factor
from iam.authorization import GRANTS_NOTHING, ContextValue
from iam.callers import Caller, CallerKind
from iam.models import Role, Sandbox
from iam.models.prepared import Prepared
from iam.perform import Call, Check, Params, Resolved, ResourcePolicy, Result, reads
from iam.wire.errors import AwsError
from sts.actions.session_requests import (
    asked_tags,
    packed_size,
    session_lifetime,
    session_policies,
    session_tags,
)
from sts.credentials import TokenKind, issue

_NOTED_EVERY = timedelta(minutes=1)
_ROLE_ARN = re.compile(r"arn:aws:iam::([0-9]{12}):role(/(?:.*/)?)([^/]*)", re.DOTALL)


def _roles(sandbox: int, account_id: str, path: str, name: str) -> QuerySet[Role]:
    rows: QuerySet[Role] = Role.in_sandbox(Sandbox(pk=sandbox))
    named = rows.filter(account__account_id=account_id, name=name, path=path)
    return named.select_related("account", "trust").order_by()[:1]


_ROLES = Prepared(_roles)


def _find_role(caller: Caller, account_id: str, path: str, name: str) -> Role | None:
    if "\0" in path + name:
        return None
    return _ROLES.first(caller.sandbox.pk, account_id, path, name)


def _source_identity(caller: Caller, params: Params) -> str:
    """Return the new session's source identity: once set, a chain of sessions keeps it."""
    asked: str = params.get("SourceIdentity", "")
    return caller.source_identity or asked


def _context(caller: Caller, params: Params, role: Role | None) -> dict[str, ContextValue]:
    keys: dict[str, ContextValue] = {"sts:RoleSessionName": params["RoleSessionName"]}
    if "ExternalId" in params:
        keys["sts:ExternalId"] = params["ExternalId"]
    source_identity = _source_identity(caller, params)
    if source_identity:
        keys["sts:SourceIdentity"] = source_identity
    tags = asked_tags(params)
    if tags:
        keys["aws:TagKeys"] = tuple(tags)
        keys.update({f"aws:RequestTag/{key}": value for key, value in tags.items()})
    if params.get("TransitiveTagKeys"):
        keys["sts:TransitiveTagKeys"] = tuple(params["TransitiveTagKeys"])
    for key, value in (role.tags if role else {}).items():
        keys[f"aws:ResourceTag/{key}"] = value
        keys[f"iam:ResourceTag/{key}"] = value
    return keys


def _refuse_outright(caller: Caller, params: Params) -> None:
    """Refuse what no policy can allow."""
    if caller.kind is CallerKind.ROOT:
        raise AwsError("AccessDenied", "Roles may not be assumed by root accounts.", 403)
    asked = params.get("SourceIdentity", "")
    if asked and caller.source_identity not in {"", asked}:
        message = (
            f"User: {caller.arn} is not authorized to perform: sts:SetSourceIdentity "
            f"on resource: {params['RoleArn']}"
        )
        raise AwsError("AccessDenied", message, 403)


def on_role_to_assume(call: Call, params: Params) -> Resolved:
    """Check the role's trust policy and the caller's own permissions together.

    A role that does not exist is refused as one that trusts nobody: AWS tells nobody which.
    """
    caller, arn = call.caller, params["RoleArn"]
    _refuse_outright(caller, params)
    named = _ROLE_ARN.fullmatch(arn)
    if named is None:
        raise AwsError("ValidationError", "Request ARN is invalid")
    account_id = named[1]
    role = _find_role(caller, *named.groups())
    text, bound = (role.trust.text, role.trust_bound) if role else (GRANTS_NOTHING, {})
    trust = ResourcePolicy(text, "trust policy", bound=bound, trust=True)
    actions = ["sts:AssumeRole"]
    if params.get("Tags"):
        actions.append("sts:TagSession")
    if _source_identity(caller, params):
        actions.append("sts:SetSourceIdentity")
    context = _context(caller, params, role)
    if second_factor(call, params):
        context |= {"aws:MultiFactorAuthPresent": "true", "aws:MultiFactorAuthAge": "0"}
    return Resolved(
        [Check(action, arn, account_id, trust, context) for action in actions],
        subject=role,
        resources=[{"ResourceType": "AWS::IAM::Role", "ResourceName": arn}],
        also_in=[account_id],
    )


def _mfa(caller: Caller) -> float | None:
    """Return when a console's second factor was given; what AssumeRole gives a program has none.

    AWS says so of AssumeRole's credentials: a trust policy can ask for MFA, the role's calls not.
    """
    return caller.mfa_at.timestamp() if caller.console_sign_in and caller.mfa_at else None


def _note_use(caller: Caller, role: Role) -> None:
    """Note when and where a role was used, once a minute for the same use."""
    region, now = caller.origin.region, caller.now
    if (
        role.last_used_region == region
        and role.last_used_at
        and (abs(now - role.last_used_at) < _NOTED_EVERY)
    ):
        return
    Role.in_sandbox(caller.sandbox).filter(pk=role.pk).update(
        last_used_at=now, last_used_region=region
    )


@reads("sts:AssumeRole", on=on_role_to_assume, record_response=True)
def assume_role(call: Call, params: Params, role: Role) -> Result:
    """Return credentials of a session of the role."""
    caller, name = call.caller, params["RoleSessionName"]
    account_id = role.account.account_id
    source_identity = _source_identity(caller, params)
    credentials = issue(
        TokenKind.ROLE,
        caller.sandbox,
        caller.now,
        lifetime=session_lifetime(caller, params, role.max_session_duration),
        account_id=account_id,
        principal_id=role.unique_id,
        session_name=name,
        mfa=_mfa(caller),
        source_identity=source_identity,
        instance=caller.source_instance if caller.kind is CallerKind.SERVICE else "",
        **session_tags(caller, params),
        **session_policies(params),
    )
    packed = packed_size(credentials.session_token)
    _note_use(caller, role)
    result: Result = {
        "Credentials": credentials.shape(),
        "AssumedRoleUser": {
            "AssumedRoleId": f"{role.unique_id}:{name}",
            "Arn": f"arn:aws:sts::{account_id}:assumed-role/{role.name}/{name}",
        },
        "PackedPolicySize": packed,
    }
    if source_identity:
        result["SourceIdentity"] = source_identity
    return result
