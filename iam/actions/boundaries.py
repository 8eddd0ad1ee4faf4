"""Permissions boundaries of users and roles."""

from iam.actions.refusals import invalid_input, no_such_entity
from iam.actions.resource_kinds import ROLE, USER
from iam.actions.subjects import to_change
from iam.models import Role, User
from iam.perform import Call, Params, writes
from iam.queries import has_managed, parse_policy_arn


def usable_boundary(call: Call, params: Params) -> str:
    """Return the boundary that a request sets, "" for none; refuses an ARN of no usable policy."""
    arn: str = params.get("PermissionsBoundary", "")
    if arn and parse_policy_arn(arn) is None:
        raise invalid_input(f"ARN {arn} is not valid.", "PermissionsBoundary")
    if arn and not has_managed(call.account, arn):
        message = f"Scope ARN: {arn} does not exist or is not attachable."
        raise no_such_entity(message, "PermissionsBoundary")
    return arn


def bounded(call: Call, params: Params, entity: User | Role) -> User | Role:
    entity.boundary_arn = usable_boundary(call, params)
    return entity


def put_permissions_boundary(call: Call, params: Params, entity: User | Role) -> None:
    entity.save(update_fields=["boundary_arn"])


def delete_permissions_boundary(call: Call, params: Params, entity: User | Role) -> None:
    entity.boundary_arn = ""
    entity.save(update_fields=["boundary_arn"])


for _kind in (USER, ROLE):
    writes(f"iam:Put{_kind.word}PermissionsBoundary", on=to_change(_kind), prepare=bounded)(
        put_permissions_boundary
    )
    writes(f"iam:Delete{_kind.word}PermissionsBoundary", on=to_change(_kind))(
        delete_permissions_boundary
    )
