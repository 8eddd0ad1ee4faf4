"""The entities of a simulation: whose policies are simulated, and who calls."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from iam.actions.policy_reads import inline_read, managed_read
from iam.actions.refusals import invalid_input
from iam.actions.resource_kinds import GROUP, ROLE, USER, EntityKind, Owner
from iam.actions.simulation.documents import BOUNDARY_POLICY, IAM_POLICY, PolicyInput
from iam.actions.simulation.exclusions import Attached, excludes_boundary, is_excluded
from iam.actions.subjects import tag_context
from iam.arns import assumed_role_arn, is_account_id, parse_arn
from iam.authorization import AppliedPolicy, gather_policies_each, key_of
from iam.engine import Principal
from iam.models import Sandbox
from iam.perform import Call, Params, PermissionCheck, Resolution
from iam.queries import in_account

_KINDS = {"user": USER, "group": GROUP, "role": ROLE}
SESSION_NAME = "simulation"
"""The name of the session whose call is simulated where a role is the caller."""


@dataclass(frozen=True)
class NamedEntity:
    """The parts of the ARN of a user, group or role."""

    kind: EntityKind
    account_id: str
    name: str


def named_by(arn: str, account_id: str) -> NamedEntity | None:
    """Return the entity of an ARN; an ARN without an account means this one."""
    named = parse_arn(arn)
    if named is None or not named.is_of("iam", *_KINDS) or not named.name:
        return None
    owner = named.account or account_id
    return NamedEntity(_KINDS[named.type], owner, named.name) if is_account_id(owner) else None


def find_named(sandbox: Sandbox, named: NamedEntity) -> Owner | None:
    """Return a user, group or role by its name; as on AWS, the path is ignored."""
    rows = in_account(named.kind.model, sandbox, named.account_id)
    found: Owner | None = rows.filter(name=named.name).first()
    return found


def on_source(call: Call, params: Params) -> Resolution:
    """Resolve the user, group or role that PolicySourceArn names."""
    arn, own = params["PolicySourceArn"], call.caller.account_id
    named = named_by(arn, own)
    if named is None:
        message = f"Invalid Entity Arn: {arn} does not clearly define entity type and name."
        return Resolution(
            (PermissionCheck(call.operation, arn),),
            missing=invalid_input(message, "PolicySourceArn"),
        )
    entity = find_named(call.caller.sandbox, named) if named.account_id == own else None
    return Resolution(
        checks=(
            PermissionCheck(
                call.operation, entity.arn if entity else arn, context=tag_context(entity)
            ),
        ),
        subject=entity,
        missing=None if entity else named.kind.missing(named.name, "PolicySourceArn"),
        resources=(named.kind.resource(named.name),),
    )


def on_nothing(call: Call, params: Params) -> Resolution:
    """Resolve a simulation of given policies, which has no resource."""
    return Resolution((PermissionCheck(call.operation),))


@dataclass(frozen=True)
class SimulatedCaller:
    """The caller of the simulated calls, and its condition keys."""

    principal: Principal
    context: Mapping[str, str]


def caller_of(call: Call, params: Params, source: Owner | None) -> SimulatedCaller:
    """Return the caller: CallerArn, else the entity whose policies are simulated."""
    arn = params.get("CallerArn") or (source.arn if source else "")
    own = call.caller.account_id
    if not arn:
        if "ResourcePolicy" in params:
            raise invalid_input("Invalid caller - Caller cannot be null or empty.", "CallerArn")
        stub = {
            "aws:PrincipalAccount": own,
            "aws:userid": "STUB_PRINCIPAL_FOR_POLICY_SIMULATOR",
        }
        return SimulatedCaller(Principal("user", own), stub)
    named = named_by(arn, own)
    if named is None:
        message = "Invalid caller - Caller must be an IAM user, role or group in this context."
        raise invalid_input(message, "CallerArn")
    is_source = source is not None and source.arn == arn
    entity = source if is_source else find_named(call.caller.sandbox, named)
    context = {
        "aws:PrincipalArn": arn,
        "aws:PrincipalAccount": named.account_id,
        "aws:userid": arn,
    }
    if named.kind is USER:
        context["aws:username"] = named.name
    return SimulatedCaller(_principal(named, arn, entity.unique_id if entity else ""), context)


def _principal(named: NamedEntity, arn: str, unique_id: str) -> Principal:
    if named.kind is not ROLE:
        return Principal("user", named.account_id, arn, unique_id)
    return Principal(
        "role",
        named.account_id,
        assumed_role_arn(named.account_id, named.name, SESSION_NAME),
        f"{unique_id}:{SESSION_NAME}" if unique_id else "",
        role_arn=arn,
        role_id=unique_id,
    )


def attached_documents(
    call: Call, entity: Owner, exclusions: Sequence[Mapping[str, Any]]
) -> tuple[list[PolicyInput], PolicyInput | None]:
    """Return an entity's policies, its groups' included, and its boundary, less the excluded.

    A managed policy that is attached directly and by a group is returned once.
    """
    gathered = gather_policies_each(call.caller.sandbox, [entity])[key_of(entity)]
    documents: dict[str, PolicyInput] = {}
    for applied in gathered.identity:
        owner_type, owner_name = _owner(applied, entity)
        policy = Attached(applied.name, applied.arn, owner_type, owner_name)
        if is_excluded(policy, exclusions):
            continue
        inline_id = f"{owner_type}_{owner_name}_{applied.name}"
        policy_id = applied.name if applied.arn else inline_id
        key = applied.arn or inline_id
        read = (
            managed_read(applied.arn)
            if applied.arn
            else inline_read(owner_type, owner_name, entity.account.account_id)
        )
        documents[key] = PolicyInput(policy_id, IAM_POLICY, applied.text, applied.arn, key, read)
    boundary = None if excludes_boundary(exclusions) else gathered.boundary
    if boundary is None:
        return list(documents.values()), None
    key = f"boundary {boundary.arn}"
    read = managed_read(boundary.arn)
    limit = PolicyInput(boundary.name, BOUNDARY_POLICY, boundary.text, boundary.arn, key, read)
    return list(documents.values()), limit


def _owner(applied: AppliedPolicy, entity: Owner) -> tuple[str, str]:
    return ("group", applied.group) if applied.group else (entity.arn_type, entity.name)
