"""Instance profiles, which hold one role each."""

from collections.abc import Sequence
from typing import Any

from iam.actions.bulk_reads import page_of, paged
from iam.actions.entity_names import refuse_new
from iam.actions.instance_profile_subjects import profile_and_role, profile_to_fill
from iam.actions.refusals import delete_conflict, no_such_entity, over_quota
from iam.actions.resource_kinds import INSTANCE_PROFILE, ROLE
from iam.actions.shapes import all_tags, instance_profile, shown_tags
from iam.actions.subjects import all_of, below_prefix, named_one, new, protected_role
from iam.actions.tags import checked_tags
from iam.arns import SERVICE_LINKED_PATH
from iam.models import InstanceProfile, Role
from iam.perform import Call, Params, Result, reads, writes
from iam.queries import shown_each

Pair = tuple[InstanceProfile, Role]


def _shaped(call: Call, profiles: Sequence[InstanceProfile]) -> list[Result]:
    """Return profiles with their roles; trust policies show the present principals."""
    roles = [profile.role for profile in profiles if profile.role]
    documents = [(role.trust.text, role.trust_bound) for role in roles]
    texts = shown_each(call.caller.sandbox, documents)
    trusts = {role.pk: text for role, text in zip(roles, texts, strict=True)}
    return [instance_profile(profile, trusts) for profile in profiles]


def new_profile(call: Call, params: Params, _: None) -> dict[str, Any]:
    """Return the fields of a new profile; raises AwsError if the request is refused."""
    refuse_new(call, params, INSTANCE_PROFILE)
    return {
        "name": params["InstanceProfileName"],
        "path": params.get("Path", "/"),
        "tags": checked_tags(INSTANCE_PROFILE.word, {}, params.get("Tags", ())),
    }


@writes("iam:CreateInstanceProfile", on=new(INSTANCE_PROFILE), prepare=new_profile)
def create_instance_profile(call: Call, params: Params, fields: dict[str, Any]) -> Result:
    """Create an instance profile without a role."""
    profile = InstanceProfile.add(
        call.caller.sandbox, account=call.account, created_at=call.caller.now, **fields
    )
    return {"InstanceProfile": {**_shaped(call, [profile])[0], **shown_tags(profile)}}


@reads("iam:GetInstanceProfile", on=named_one(INSTANCE_PROFILE))
def get_instance_profile(call: Call, params: Params, profile: InstanceProfile) -> Result:
    return {"InstanceProfile": {**_shaped(call, [profile])[0], **all_tags(profile)}}


def _page(call: Call, params: Params, role: Role | None = None) -> Result:
    rows = below_prefix(call, params, InstanceProfile)
    rows = rows.filter(role=role) if role else rows
    page = page_of(params, "InstanceProfiles", rows, lambda profile: profile)
    page["InstanceProfiles"] = _shaped(call, page["InstanceProfiles"])
    return page


@reads("iam:ListInstanceProfiles", on=all_of("instance-profile"), prepare=paged)
def list_instance_profiles(call: Call, params: Params, _: None) -> Result:
    return _page(call, params)


@reads("iam:ListInstanceProfilesForRole", on=named_one(ROLE), prepare=paged)
def list_instance_profiles_for_role(call: Call, params: Params, role: Role) -> Result:
    return _page(call, params, role)


def unprotected(call: Call, params: Params, pair: Pair) -> Pair:
    """Prepare to change a profile's role, which may not be service-linked."""
    role = pair[1]
    if role.path.startswith(SERVICE_LINKED_PATH):
        raise protected_role(role.name)
    return pair


@writes("iam:AddRoleToInstanceProfile", on=profile_to_fill, prepare=unprotected)
def add_role_to_instance_profile(call: Call, params: Params, pair: Pair) -> None:
    """Add a role to a profile, which holds at most one."""
    profile, role = pair
    if profile.role is not None:
        raise over_quota("InstanceSessionsPerInstanceProfile", 1)
    profile.role = role
    profile.save(update_fields=["role"])


def holding(call: Call, params: Params, pair: Pair) -> Pair:
    """Prepare to remove a role from a profile, which must hold it."""
    profile, role = unprotected(call, params, pair)
    if profile.role != role:
        message = f"Role {role.name} is not in the instance profile {profile.name}."
        raise no_such_entity(message)
    return pair


@writes("iam:RemoveRoleFromInstanceProfile", on=profile_and_role, prepare=holding)
def remove_role_from_instance_profile(call: Call, params: Params, pair: Pair) -> None:
    """Remove a role from a profile; its running instances get no more credentials."""
    profile, _ = pair
    profile.role = None
    profile.save(update_fields=["role"])


@writes("iam:DeleteInstanceProfile", on=named_one(INSTANCE_PROFILE))
def delete_instance_profile(call: Call, params: Params, profile: InstanceProfile) -> None:
    """Delete an instance profile that holds no role."""
    if profile.role is not None:
        message = "Cannot delete entity, must remove roles from instance profile first."
        raise delete_conflict(message)
    profile.delete()
