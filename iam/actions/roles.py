"""IAM roles."""

from collections.abc import Sequence
from functools import partial
from typing import Any

from iam.actions.boundaries import usable_boundary
from iam.actions.bulk_reads import listing_below, page_of, paged, reads_many
from iam.actions.entity_names import refuse_new
from iam.actions.refusals import delete_conflict, invalid_input
from iam.actions.resource_kinds import ROLE
from iam.actions.role_trust import bound_trust
from iam.actions.shapes import role_changed, role_detail, role_listed
from iam.actions.subjects import (
    all_of,
    below_prefix,
    boundary_context,
    named,
    named_one,
    new,
    to_change,
)
from iam.actions.tags import checked_tags
from iam.arns import SERVICE_LINKED_PATH
from iam.models import Attachment, Document, InlinePolicy, InstanceProfile, Role
from iam.perform import Call, Listing, Params, Resolution, Result, lists, reads, writes
from iam.queries import as_saved, shown_each

_DEFAULT_SESSION = 3600


def _trusts(call: Call, roles: Sequence[Role]) -> list[str]:
    documents = [(role.trust.text, role.trust_bound) for role in roles]
    return shown_each(call.caller.sandbox, documents)


def new_role(call: Call, params: Params, _: None) -> dict[str, Any]:
    """Return the fields of a new role; raises AwsError if the request is refused."""
    name = params["RoleName"]
    if params.get("Path", "/").startswith(SERVICE_LINKED_PATH):
        message = (
            f"Path prefix '{SERVICE_LINKED_PATH}' can only be used for AWS Service linked Roles"
        )
        raise invalid_input(message, "Path")
    refuse_new(call, params, ROLE)
    return {
        "name": name,
        "path": params.get("Path", "/"),
        "trust_bound": bound_trust(call, params, "AssumeRolePolicyDocument"),
        "description": params.get("Description", ""),
        "max_session_duration": params.get("MaxSessionDuration", _DEFAULT_SESSION),
        "boundary_arn": usable_boundary(call, params),
        "tags": checked_tags(ROLE.word, {}, params.get("Tags", ())),
    }


@writes("iam:CreateRole", on=new(ROLE), prepare=new_role)
def create_role(call: Call, params: Params, fields: dict[str, Any]) -> Result:
    """Create a role without permissions."""
    sandbox, now = call.caller.sandbox, call.caller.now
    trust = Document.of(sandbox, as_saved(params["AssumeRolePolicyDocument"]))
    role = Role.add(sandbox, account=call.account, trust=trust, created_at=now, **fields)
    return {"Role": role_changed(role, trust.text)}


@reads_many("iam:GetRole", on=named(ROLE, boundary_context))
def get_role(call: Call, requests: Sequence[Params], roles: Sequence[Role]) -> list[Result]:
    trusts = _trusts(call, roles)
    return [{"Role": role_detail(role, text)} for role, text in zip(roles, trusts, strict=True)]


def _listed(call: Call, roles: Sequence[Role]) -> list[Result]:
    return list(map(role_listed, roles, _trusts(call, roles)))


@reads("iam:ListRoles", on=all_of("role"), prepare=paged)
def list_roles(call: Call, params: Params, _: None) -> Result:
    """List the account's roles by name."""
    page = page_of(params, "Roles", below_prefix(call, params, Role), lambda role: role)
    return {**page, "Roles": _listed(call, page["Roles"])}


@lists("iam:ListRoles")
def role_listing(call: Call, params: Params, _: None) -> Listing:
    """List the account's roles by name, for pages that show a few of them."""
    return listing_below(call, params, ROLE, partial(_listed, call))


def to_describe(call: Call, params: Params) -> Resolution:
    """Resolve a role whose description is to change, which also a service-linked one's may."""
    return named_one(ROLE, boundary_context)(call, params)


def to_update(call: Call, params: Params) -> Resolution:
    """Resolve a role to update: of a service-linked one only the description may change."""
    resolve = to_change(ROLE) if "MaxSessionDuration" in params else to_describe
    return resolve(call, params)


@writes("iam:UpdateRole", on=to_update)
def update_role(call: Call, params: Params, role: Role) -> Result:
    """Change a role's description and maximum session duration, by default an hour."""
    role.description = params.get("Description", role.description)
    role.max_session_duration = params.get("MaxSessionDuration", _DEFAULT_SESSION)
    role.save(update_fields=["description", "max_session_duration"])
    return {}


@writes("iam:UpdateRoleDescription", on=to_describe)
def update_role_description(call: Call, params: Params, role: Role) -> Result:
    """Change only a role's description."""
    role.description = params["Description"]
    role.save(update_fields=["description"])
    return {"Role": role_changed(role, *_trusts(call, [role]))}


@writes("iam:DeleteRole", on=to_change(ROLE))
def delete_role(call: Call, params: Params, role: Role) -> None:
    """Delete a role that has no policies and is in no instance profile.

    Trust policies that name it show its raw ID from now on.
    """
    if InstanceProfile.in_sandbox(call.caller.sandbox).filter(role=role).exists():
        raise delete_conflict(
            "Cannot delete entity, must remove roles from instance profile first."
        )
    if Attachment.in_sandbox(call.caller.sandbox).filter(role=role).exists():
        raise delete_conflict("Cannot delete entity, must detach all policies first.")
    if InlinePolicy.in_sandbox(call.caller.sandbox).filter(role=role).exists():
        raise delete_conflict("Cannot delete entity, must delete policies first.")
    role.delete()
