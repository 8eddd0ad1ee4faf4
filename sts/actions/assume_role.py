"""sts:AssumeRole."""

import re
from datetime import timedelta
from typing import Any

from iam.authorization import ContextValue
from iam.callers import Caller, CallerKind
from iam.engine import Kind, PolicyError, validate_policy
from iam.models import Role
from iam.perform import Call, Check, Params, Resolved, ResourcePolicy, Result, reads
from iam.wire.errors import AwsError
from sts.credentials import TokenKind, issue

_ROLE_ARN = re.compile(r"arn:aws:iam::(\d{12}):role(/(?:.*/)?)([^/]+)", re.DOTALL)
_CHAINED_LIMIT = 3600


def find_role(caller: Caller, arn: str) -> Role | None:
    """Return the role of the caller's sandbox that an ARN names, path included."""
    match = _ROLE_ARN.fullmatch(arn)
    if match is None:
        return None
    account_id, path, name = match.groups()
    roles = Role.in_sandbox(caller.sandbox).filter(account__account_id=account_id)
    found: Role | None = (
        roles.filter(name=name, path=path).select_related("account", "trust").first()
    )
    return found


def _tags(params: Params) -> dict[str, str]:
    return {tag["Key"]: tag["Value"] for tag in params.get("Tags", [])}


def _context(params: Params, role: Role | None) -> dict[str, ContextValue]:
    keys: dict[str, ContextValue] = {"sts:RoleSessionName": params["RoleSessionName"]}
    if "ExternalId" in params:
        keys["sts:ExternalId"] = params["ExternalId"]
    if "SourceIdentity" in params:
        keys["sts:SourceIdentity"] = params["SourceIdentity"]
    tags = _tags(params)
    if tags:
        keys["aws:TagKeys"] = tuple(tags)
        keys.update({f"aws:RequestTag/{key}": value for key, value in tags.items()})
    if params.get("TransitiveTagKeys"):
        keys["sts:TransitiveTagKeys"] = tuple(params["TransitiveTagKeys"])
    for key, value in (role.tags if role else {}).items():
        keys[f"aws:ResourceTag/{key}"] = value
        keys[f"iam:ResourceTag/{key}"] = value
    return keys


def _refused(caller: Caller, arn: str) -> AwsError:
    message = f"User: {caller.arn} is not authorized to perform: sts:AssumeRole on resource: {arn}"
    return AwsError("AccessDenied", message, 403)


def on_role_to_assume(call: Call, params: Params) -> Resolved:
    """Check the role's trust policy and the caller's own permissions together.

    A role that does not exist is refused as one that does not trust: AWS tells nobody which.
    """
    caller, arn = call.caller, params["RoleArn"]
    if caller.kind is CallerKind.ROOT:
        raise AwsError("AccessDenied", "Roles may not be assumed by root accounts.", 403)
    role = find_role(caller, arn)
    actions = ["sts:AssumeRole"]
    if params.get("Tags"):
        actions.append("sts:TagSession")
    if "SourceIdentity" in params:
        actions.append("sts:SetSourceIdentity")
    if role is None:
        checks = [Check(action, arn, context=_context(params, None)) for action in actions]
        return Resolved(checks, missing=_refused(caller, arn))
    account_id = role.account.account_id
    trust = ResourcePolicy(role.trust.text, "trust policy", bound=role.trust_bound, trust=True)
    return Resolved(
        [Check(action, arn, account_id, trust, _context(params, role)) for action in actions],
        subject=role,
        resources=[{"ResourceType": "AWS::IAM::Role", "ResourceName": arn}],
        also_in=[account_id],
    )


def _lifetime(caller: Caller, params: Params, role: Role) -> timedelta:
    """Return how long the session lives; a console's switch lasts while role and sign-in do."""
    if caller.console_sign_in:
        longest = timedelta(seconds=role.max_session_duration)
        return min(longest, caller.expires_at - caller.now) if caller.expires_at else longest
    seconds = params.get("DurationSeconds", _CHAINED_LIMIT)
    if caller.role is not None and seconds > _CHAINED_LIMIT:
        message = (
            "The requested DurationSeconds exceeds the 1 hour session limit "
            "for roles assumed by role chaining."
        )
        raise AwsError("ValidationError", message)
    if seconds > role.max_session_duration:
        message = "The requested DurationSeconds exceeds the MaxSessionDuration set for this role."
        raise AwsError("ValidationError", message)
    return timedelta(seconds=seconds)


def _session_policies(params: Params) -> dict[str, Any]:
    policy = params.get("Policy")
    if policy:
        try:
            validate_policy(policy, Kind.SESSION)
        except PolicyError as error:
            raise AwsError("MalformedPolicyDocument", error.message) from error
    return {
        "policies": (policy,) if policy else (),
        "policy_arns": tuple(one["arn"] for one in params.get("PolicyArns", []) if "arn" in one),
    }


@reads("sts:AssumeRole", on=on_role_to_assume, record_response=True)
def assume_role(call: Call, params: Params, role: Role) -> Result:
    """Return credentials of a session of the role."""
    caller, name = call.caller, params["RoleSessionName"]
    account_id = role.account.account_id
    kept = {k: v for k, v in caller.session_tags.items() if k in caller.transitive_tag_keys}
    source_identity = caller.source_identity or params.get("SourceIdentity", "")
    credentials = issue(
        TokenKind.ROLE,
        caller.sandbox,
        caller.now,
        lifetime=_lifetime(caller, params, role),
        account_id=account_id,
        principal_id=role.unique_id,
        session_name=name,
        mfa=caller.mfa_at.timestamp() if caller.mfa_at else None,
        source_identity=source_identity,
        tags={**_tags(params), **kept},
        transitive=(*caller.transitive_tag_keys, *params.get("TransitiveTagKeys", [])),
        **_session_policies(params),
    )
    Role.in_sandbox(caller.sandbox).filter(pk=role.pk).update(
        last_used_at=caller.now, last_used_region=caller.origin.region
    )
    result: Result = {
        "Credentials": credentials.shape(),
        "AssumedRoleUser": {
            "AssumedRoleId": f"{role.unique_id}:{name}",
            "Arn": f"arn:aws:sts::{account_id}:assumed-role/{role.name}/{name}",
        },
        "PackedPolicySize": len(credentials.session_token) * 100 // 4096,
    }
    if source_identity:
        result["SourceIdentity"] = source_identity
    return result
