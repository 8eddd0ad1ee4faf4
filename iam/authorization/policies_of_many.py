"""The policies of many users, groups and roles, in a fixed number of queries."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from typing import TypeVar

from django.db.models import Q, QuerySet

from iam.authorization.applied_policies import AppliedPolicy
from iam.authorization.caller_policies import (
    CallerPolicies,
    PolicyRows,
    caller_policies,
    managed_texts,
)
from iam.authorization.organization import organization_in
from iam.models import Attachment, Group, GroupMembership, InlinePolicy, Role, Sandbox, User
from iam.models.prepared_queries import Prepared

Entity = User | Group | Role
Key = tuple[str, int]
Row = TypeVar("Row", Attachment, InlinePolicy)

_MOST_NAMED = 500
"""Beyond it the rows of the whole sandbox are read: a query takes only so many values."""


def _memberships(sandbox: int) -> QuerySet[GroupMembership]:
    rows: QuerySet[GroupMembership] = GroupMembership.in_sandbox(Sandbox(pk=sandbox))
    return rows.only("user_id", "group_id")


def _attachments(sandbox: int) -> QuerySet[Attachment]:
    rows: QuerySet[Attachment] = Attachment.in_sandbox(Sandbox(pk=sandbox))
    return rows.select_related("group")


def _inline(sandbox: int) -> QuerySet[InlinePolicy]:
    rows: QuerySet[InlinePolicy] = InlinePolicy.in_sandbox(Sandbox(pk=sandbox))
    return rows.select_related("group", "document")


_MEMBERSHIPS, _ATTACHMENTS, _INLINE = (
    Prepared(_memberships),
    Prepared(_attachments),
    Prepared(_inline),
)


def key_of(entity: Entity) -> Key:
    return entity.arn_type, entity.pk


def groups_of(
    sandbox: Sandbox, users: Sequence[User], *, everybody: bool = False
) -> dict[int, tuple[int, ...]]:
    """Return the groups of each user, both by primary key."""
    if everybody or len(users) > _MOST_NAMED:
        rows = _MEMBERSHIPS.rows(sandbox.pk)
    else:
        rows = list(_memberships(sandbox.pk).filter(user__in=[user.pk for user in users]))
    groups: dict[int, list[int]] = defaultdict(list)
    for row in rows:
        groups[row.user_id].append(row.group_id)
    return {user_pk: tuple(found) for user_pk, found in groups.items()}


def _owned(keys: set[Key]) -> Q:
    by_kind: dict[str, list[int]] = defaultdict(list)
    for kind, pk in keys:
        by_kind[kind].append(pk)
    wanted = Q(pk__in=[])
    for kind, pks in by_kind.items():
        wanted |= Q(**{f"{kind}__in": pks})
    return wanted


def _by_owner(rows: Sequence[Row]) -> dict[Key, list[Row]]:
    owned: dict[Key, list[Row]] = defaultdict(list)
    for row in rows:
        for kind in ("user", "group", "role"):
            pk = getattr(row, f"{kind}_id")
            if pk is not None:
                owned[kind, pk].append(row)
    return owned


def _owned_rows(
    sandbox: Sandbox, keys: set[Key], *, everybody: bool
) -> tuple[list[Attachment], list[InlinePolicy]]:
    """Return the attachments and inline policies of these, or of the whole sandbox."""
    if everybody or len(keys) > _MOST_NAMED:
        return _ATTACHMENTS.rows(sandbox.pk), _INLINE.rows(sandbox.pk)
    wanted = _owned(keys)
    attachments, inline = _attachments(sandbox.pk), _inline(sandbox.pk)
    return list(attachments.filter(wanted)), list(inline.filter(wanted))


def gather_policies_each(
    sandbox: Sandbox, entities: Sequence[Entity], *, everybody: bool = False
) -> dict[Key, CallerPolicies]:
    """Return the policies of each entity, as `gather_policies` does for one caller.

    Where they are `everybody` that the sandbox has, its rows need no choosing, which is quicker.
    """
    users = [one for one in entities if isinstance(one, User)]
    memberships = groups_of(sandbox, users, everybody=everybody)
    owners: dict[Key, list[Key]] = {}
    for entity in entities:
        own = key_of(entity)
        groups = memberships.get(entity.pk, ()) if isinstance(entity, User) else ()
        owners[own] = [own, *(("group", pk) for pk in groups)]
    keys = {key for keys in owners.values() for key in keys}
    attachments, inline = _owned_rows(sandbox, keys, everybody=everybody)
    attached_to, embedded_in = _by_owner(attachments), _by_owner(inline)
    held = {
        key_of(entity): PolicyRows(
            sorted(_of(attached_to, owners[key_of(entity)]), key=lambda row: row.pk),
            sorted(_of(embedded_in, owners[key_of(entity)]), key=lambda row: row.name),
            getattr(entity, "boundary_arn", ""),
        )
        for entity in entities
    }
    arns = {arn for one in held.values() for arn in one.arns}
    texts = managed_texts(sandbox, arns, of_everybody=everybody)
    controls = _controls(sandbox, {one.account.account_id for one in entities})
    return {
        key_of(entity): replace(
            caller_policies(held[key_of(entity)], texts),
            controls=controls[entity.account.account_id],
        )
        for entity in entities
    }


def _controls(sandbox: Sandbox, account_ids: set[str]) -> dict[str, tuple[AppliedPolicy, ...]]:
    found = organization_in(sandbox)
    return {one: found.service_controls(one) if found else () for one in account_ids}


def _of(rows: dict[Key, list[Row]], owners: Sequence[Key]) -> list[Row]:
    return [row for owner in owners for row in rows.get(owner, ())]
