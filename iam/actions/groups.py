"""User groups and their members."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from iam import quotas
from iam.actions.bulk_reads import listing_below, page_of, paged, reads_many
from iam.actions.entity_names import refuse_new
from iam.actions.known_rows import rows_by_key
from iam.actions.refusals import delete_conflict, no_such_entity, over_quota
from iam.actions.resource_kinds import GROUP, USER
from iam.actions.shapes import group_listed, user_listed
from iam.actions.subjects import all_of, below_prefix, named, named_one, new
from iam.models import Attachment, Group, GroupMembership, InlinePolicy, User
from iam.perform import Call, Listing, Params, Resolution, Result, lists, reads, writes
from iam.queries import find_user


@writes("iam:CreateGroup", on=new(GROUP))
def create_group(call: Call, params: Params, _: None) -> Result:
    """Create a group without members or permissions."""
    refuse_new(call, params, GROUP)
    group = Group.add(
        call.caller.sandbox,
        account=call.account,
        path=params.get("Path", "/"),
        name=params["GroupName"],
        created_at=call.caller.now,
    )
    return {"Group": group_listed(group)}


@reads_many("iam:GetGroup", on=named(GROUP), prepare=paged)
def get_group(call: Call, requests: Sequence[Params], groups: Sequence[Group]) -> list[Result]:
    members: dict[int, list[User]] = defaultdict(list)
    memberships = GroupMembership.in_sandbox(call.caller.sandbox).filter(group__in=groups)
    for membership in memberships.select_related("user__account").order_by("user__name"):
        members[membership.group_id].append(membership.user)
    return [
        {"Group": group_listed(group), **page_of(params, "Users", members[group.pk], user_listed)}
        for params, group in zip(requests, groups, strict=True)
    ]


@reads("iam:ListGroups", on=all_of("group"), prepare=paged)
def list_groups(call: Call, params: Params, _: None) -> Result:
    """List the account's groups by name."""
    groups = below_prefix(call, params, Group)
    return page_of(params, "Groups", groups, group_listed)


@lists("iam:ListGroups")
def group_listing(call: Call, params: Params, _: None) -> Listing:
    """List the account's groups by name, for pages that show a few of them."""
    return listing_below(call, params, GROUP, lambda found: list(map(group_listed, found)))


@reads_many("iam:ListGroupsForUser", on=named(USER), prepare=paged)
def list_groups_for_user(
    call: Call, requests: Sequence[Params], users: Sequence[User]
) -> list[Result]:
    groups: dict[int, list[Group]] = defaultdict(list)
    memberships = GroupMembership.in_sandbox(call.caller.sandbox).filter(user__in=users)
    pairs = list(memberships.order_by("group__name").values_list("user_id", "group_id"))
    by_key = rows_by_key(call, Group, {group for _, group in pairs})
    for user_id, group_id in pairs:
        if group_id in by_key:  # else it was deleted a moment ago
            groups[user_id].append(by_key[group_id])
    return [
        page_of(params, "Groups", groups[user.pk], group_listed)
        for params, user in zip(requests, users, strict=True)
    ]


@writes("iam:DeleteGroup", on=named_one(GROUP))
def delete_group(call: Call, params: Params, group: Group) -> None:
    """Delete a group that has no members and no policies."""
    sandbox = call.caller.sandbox
    in_the_way = (
        (GroupMembership, "must remove users from group first"),
        (Attachment, "must detach all policies first"),
        (InlinePolicy, "must delete policies first"),
    )
    for model, what_first in in_the_way:
        if model.in_sandbox(sandbox).filter(group=group).exists():
            raise delete_conflict(f"Cannot delete entity, {what_first}.")
    group.delete()


def _group_and_user(call: Call, params: Params) -> Resolution:
    """Resolve a group and a user; AWS checks permission only on the group."""
    found = named_one(GROUP)(call, params)
    name = params["UserName"]
    user = find_user(call.caller.sandbox, call.caller.account_id, name)
    return replace(
        found,
        subject=(found.subject, user),
        missing=found.missing or (None if user else USER.missing(name)),
        resources=(*found.resources, USER.resource(name)),
    )


@writes("iam:AddUserToGroup", on=_group_and_user)
def add_user_to_group(call: Call, params: Params, found: tuple[Group, User]) -> None:
    """Add a user to a group; a member stays a member."""
    group, user = found
    memberships = GroupMembership.in_sandbox(call.caller.sandbox).filter(user=user)
    if memberships.filter(group=group).exists():
        return
    if memberships.count() >= quotas.GROUPS_PER_USER:
        raise over_quota("GroupsPerUser", quotas.GROUPS_PER_USER)
    GroupMembership.add(call.caller.sandbox, user=user, group=group)


def membership(call: Call, params: Params, found: tuple[Group, User]) -> GroupMembership:
    """Prepare to remove a user from a group: find the membership."""
    group, user = found
    memberships = GroupMembership.in_sandbox(call.caller.sandbox)
    row: GroupMembership | None = memberships.filter(user=user, group=group).first()
    if row is None:
        raise no_such_entity(f"User {user.name} is not in group {group.name}.")
    return row


@writes("iam:RemoveUserFromGroup", on=_group_and_user, prepare=membership)
def remove_user_from_group(call: Call, params: Params, row: GroupMembership) -> None:
    row.delete()
