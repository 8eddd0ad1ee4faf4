"""Instance profiles: made, filled with one role, listed, emptied and deleted."""

from collections.abc import Sequence

from iam.actions.bulk_reads import page_of
from iam.actions.instance_profile_subjects import (
    INSTANCE_PROFILES_PER_ACCOUNT,
    named_profile,
    on_new_profile,
    profile_and_role,
    profile_to_fill,
)
from iam.actions.refusals import already_exists, delete_conflict, no_such_entity, over_quota
from iam.actions.shapes import instance_profile, tag_list
from iam.actions.subjects import (
    ROLE,
    SERVICE_LINKED_PATH,
    all_of,
    named,
    one,
    protected_role,
    requested_tags,
)
from iam.actions.tags import checked_tags, list_tags, tag, untag
from iam.models import InstanceProfile, Role
from iam.perform import Call, Params, Result, reads, writes
from iam.queries import in_account, shown_each

Pair = tuple[InstanceProfile, Role]


def _tagged(profile: InstanceProfile) -> Result:
    return {"Tags": tag_list(profile.tags)} if profile.tags else {}


def _shaped(call: Call, profiles: Sequence[InstanceProfile]) -> list[Result]:
    """Return profiles with their roles, whose trust policies are shown as they are now."""
    roles = [profile.role for profile in profiles if profile.role]
    documents = [(role.trust.text, role.trust_bound) for role in roles]
    texts = shown_each(call.caller.sandbox, documents)
    trusts = {role.pk: text for role, text in zip(roles, texts, strict=True)}
    return [instance_profile(profile, trusts) for profile in profiles]


@writes("iam:CreateInstanceProfile", on=on_new_profile)
def create_instance_profile(call: Call, params: Params, _: None) -> Result:
    """Create an instance profile without a role."""
    name = params["InstanceProfileName"]
    profiles = InstanceProfile.in_sandbox(call.caller.sandbox).filter(account=call.account)
    if profiles.filter(name__iexact=name).exists():
        raise already_exists(f"Instance Profile {name} already exists.")
    if profiles.count() >= INSTANCE_PROFILES_PER_ACCOUNT:
        raise over_quota("InstanceProfilesPerAccount", INSTANCE_PROFILES_PER_ACCOUNT)
    profile = InstanceProfile.add(
        call.caller.sandbox,
        account=call.account,
        path=params.get("Path", "/"),
        name=name,
        tags=checked_tags("InstanceProfile", {}, params.get("Tags", ())),
        created_at=call.caller.now,
    )
    return {"InstanceProfile": {**_shaped(call, [profile])[0], **_tagged(profile)}}


@reads("iam:GetInstanceProfile", on=named_profile())
def get_instance_profile(call: Call, params: Params, profile: InstanceProfile) -> Result:
    """Return an instance profile with its role and tags."""
    return {"InstanceProfile": {**_shaped(call, [profile])[0], **_tagged(profile)}}


def _page(call: Call, params: Params, role: Role | None = None) -> Result:
    rows = in_account(InstanceProfile, call.caller.sandbox, call.caller.account_id)
    rows = rows.filter(path__startswith=params.get("PathPrefix", "/"))
    rows = rows.filter(role=role) if role else rows
    rows = rows.select_related("account", "role__trust", "role__account")
    page = page_of(params, "InstanceProfiles", rows, lambda profile: profile)
    page["InstanceProfiles"] = _shaped(call, page["InstanceProfiles"])
    return page


@reads("iam:ListInstanceProfiles", on=all_of("instance-profile"))
def list_instance_profiles(call: Call, params: Params, _: None) -> Result:
    return _page(call, params)


@reads("iam:ListInstanceProfilesForRole", on=one(named(ROLE)))
def list_instance_profiles_for_role(call: Call, params: Params, role: Role) -> Result:
    return _page(call, params, role)


def _refuse_protected(role: Role) -> None:
    if role.path.startswith(SERVICE_LINKED_PATH):
        raise protected_role(role.name)


@writes("iam:AddRoleToInstanceProfile", on=profile_to_fill)
def add_role_to_instance_profile(call: Call, params: Params, pair: Pair) -> None:
    """Put a role into a profile, which holds no more than one."""
    profile, role = pair
    _refuse_protected(role)
    if profile.role is not None:
        raise over_quota("InstanceSessionsPerInstanceProfile", 1)
    profile.role = role
    profile.save(update_fields=["role"])


@writes("iam:RemoveRoleFromInstanceProfile", on=profile_and_role)
def remove_role_from_instance_profile(call: Call, params: Params, pair: Pair) -> None:
    """Take a role out of a profile: instances that run with it get no more credentials."""
    profile, role = pair
    _refuse_protected(role)
    if profile.role != role:
        message = f"Role {role.name} is not in the instance profile {profile.name}."
        raise no_such_entity(message)
    profile.role = None
    profile.save(update_fields=["role"])


@writes("iam:DeleteInstanceProfile", on=named_profile())
def delete_instance_profile(call: Call, params: Params, profile: InstanceProfile) -> None:
    """Delete an instance profile that holds no role."""
    if profile.role is not None:
        message = "Cannot delete entity, must remove roles from instance profile first."
        raise delete_conflict(message)
    profile.delete()


writes("iam:TagInstanceProfile", on=named_profile(requested_tags))(tag)
writes("iam:UntagInstanceProfile", on=named_profile(requested_tags))(untag)
reads("iam:ListInstanceProfileTags", on=named_profile())(list_tags)
