"""Assuming a role, for each of the operations that do so."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

from django.db.models import QuerySet

from iam.arns import Arn, assumed_role_arn, parse_iam_arn
from iam.authorization import GRANTS_NOTHING, ContextValue
from iam.callers import Caller
from iam.models import Role, Sandbox
from iam.models.prepared_queries import Prepared
from iam.perform import Params, PermissionCheck, Resolution, ResourcePolicy, Result
from iam.wire.errors import AwsError
from sts.actions.packed_sizes import packed_size
from sts.actions.regions import version_here
from sts.actions.session_requests import (
    asked_tags,
    inherited_tags,
    session_policies,
    session_tags,
)
from sts.credentials import Credentials, TokenKind, issue

_NOTED_EVERY = timedelta(minutes=1)


def _roles(sandbox: int, account_id: str, path: str, name: str) -> QuerySet[Role]:
    rows: QuerySet[Role] = Role.in_sandbox(Sandbox(pk=sandbox))
    named = rows.filter(account__account_id=account_id, name=name, path=path)
    return named.select_related("account", "trust").order_by()[:1]


_ROLES = Prepared(_roles)


def parse_role_arn(text: str) -> Arn:
    """Parse a role's ARN; raises AwsError for anything else."""
    arn = parse_iam_arn(text, "role")
    if arn is None:
        raise AwsError("ValidationError", "Request ARN is invalid", members=("RoleArn",))
    return arn


def _find_role(caller: Caller, arn: Arn) -> Role | None:
    if "\0" in arn.id:
        return None
    # An analysis has read all roles.
    known: Role | None = caller.visit.memory.get(("role", str(arn)))
    return known or _ROLES.first(caller.sandbox.pk, arn.account, arn.path, arn.name)


def _context(params: Params, source_identity: str, role: Role | None) -> dict[str, ContextValue]:
    keys: dict[str, ContextValue] = {"sts:RoleSessionName": params["RoleSessionName"]}
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


def _inherited_in_record(caller: Caller, params: Params, source_identity: str) -> dict[str, Any]:
    """Return what the record shows of a chain: what the session inherits from the one before."""
    inherited = inherited_tags(caller)
    requested: dict[str, Any] = {"incomingTransitiveTags": inherited} if inherited else {}
    if source_identity and "SourceIdentity" not in params:
        requested["sourceIdentity"] = source_identity
    return requested


def proof_requested(request: Params, source_identity: str) -> dict[str, Any]:
    """Return what the record shows of a provider's proof, as parameters of the request."""
    shown = {
        "principalTags": asked_tags(request),
        "TransitiveTagKeys": request.get("TransitiveTagKeys"),
        "SourceIdentity": source_identity,
        "RoleSessionName": request["RoleSessionName"],
    }
    return {name: value for name, value in shown.items() if value}


def on_session(
    action: str,
    caller: Caller,
    params: Params,
    source_identity: str,
    context: Mapping[str, ContextValue],
) -> Resolution:
    """Check a role's trust policy for a session, with its tags and source identity.

    Tags that the calling session hands down are tags of the new one, too, and need sts:TagSession.
    A role that does not exist is refused as one that trusts nobody; AWS does not reveal which.
    """
    arn, named = params["RoleArn"], parse_role_arn(params["RoleArn"])
    account_id, role = named.account, _find_role(caller, named)
    text, bound = (role.trust.text, role.trust_bound) if role else (GRANTS_NOTHING, {})
    trust = ResourcePolicy(text, "trust policy", bound=bound, trust=True)
    actions = [action]
    if params.get("Tags") or inherited_tags(caller):
        actions.append("sts:TagSession")
    if source_identity:
        actions.append("sts:SetSourceIdentity")
    keys = {**_context(params, source_identity, role), **context}
    return Resolution(
        [PermissionCheck(one, arn, account_id, trust, keys) for one in actions],
        subject=role,
        resources=[{"ResourceType": "AWS::IAM::Role", "ResourceName": arn}],
        also_in=[account_id],
        requested=_inherited_in_record(caller, params, source_identity),
    )


def _note_use(caller: Caller, role: Role) -> None:
    """Note when and where a role was used, at most once a minute for the same use."""
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


@dataclass(frozen=True)
class RoleSession:
    """A granted session of a role: its credentials, and PackedPolicySize."""

    role: Role
    credentials: Credentials
    packed: Result


def prepare_session(
    caller: Caller,
    params: Params,
    role: Role,
    lifetime: timedelta,
    source_identity: str = "",
    **token_fields: Any,
) -> RoleSession:
    """Return the requested session of the role; raises AwsError for a request that AWS refuses.
    `token_fields` are further fields of the token.
    """
    carried = {**session_tags(caller, params), **session_policies(params), **token_fields}
    credentials = issue(
        TokenKind.ROLE,
        caller.sandbox,
        caller.now,
        lifetime=lifetime,
        account_id=role.account.account_id,
        principal_id=role.unique_id,
        session_name=params["RoleSessionName"],
        source_identity=source_identity,
        version=version_here(role.account, caller.origin),
        **carried,
    )
    return RoleSession(role, credentials, packed_size(carried))


def open_session(caller: Caller, session: RoleSession) -> Result:
    """Return the result for a session; this counts as a use of the role."""
    role, token = session.role, session.credentials.token
    _note_use(caller, role)
    result: Result = {
        "Credentials": session.credentials.shape(),
        "AssumedRoleUser": {
            "AssumedRoleId": f"{role.unique_id}:{token.session_name}",
            "Arn": assumed_role_arn(token.account_id, role.name, token.session_name),
        },
        **session.packed,
    }
    if token.source_identity:
        result["SourceIdentity"] = token.source_identity
    return result


def proved(caller: Caller, **changes: Any) -> Caller:
    """Return the caller with the identity that its proof gives it, without other credentials."""
    return replace(
        caller,
        user_pk=None,
        role=None,
        access_key_id="",
        session_policies=(),
        session_policy_arns=(),
        session_tags={},
        transitive_tag_keys=(),
        tags={},
        source_identity="",
        issued_at=None,
        expires_at=None,
        mfa_at=None,
        console_sign_in=False,
        **changes,
    )
