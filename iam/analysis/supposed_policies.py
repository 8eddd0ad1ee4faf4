"""A world as it would be with another policy: nothing is written, no row is changed."""

from collections.abc import Callable, Sequence
from copy import copy
from dataclasses import replace

from iam.analysis.world import World
from iam.arns import account_of, name_in
from iam.authorization import AppliedPolicy, CallerPolicies, managed_texts, organization_in
from iam.authorization.policies_of_many import Key
from iam.models import Document, Entity, Role
from iam.policy_documents import PolicyType
from iam.queries import as_saved, bind, checked_document

_NEW = -1
"""The key of a role that is not made yet."""


def with_trust(world: World, account_id: str, name: str, text: str) -> World:
    """Return the world in which a role has another trust policy; raises AwsError as IAM does."""
    roles = [
        _trusting(world, one, text) if _is_named(one, name, account_id) else one
        for one in world.roles
    ]
    return world.supposing(roles=roles)


def _trusting(world: World, role: Role, text: str) -> Role:
    checked_document(text, PolicyType.TRUST)
    changed = copy(role)
    changed.trust = Document(text=as_saved(text))
    changed.trust_bound = bind(world.sandbox, text)
    return changed


def with_inline_policy(
    world: World, account_id: str, owner: tuple[str, str], name: str, text: str
) -> World:
    """Return the world in which a user, role or group has an inline policy of this name.

    `owner` is the kind and the name.
    """
    checked_document(text, PolicyType.INLINE)
    kind, owner_name = owner
    via = f"group {owner_name}" if kind == "group" else "inline"
    new = AppliedPolicy("PRINCIPAL", name, text, via)

    def changed(policies: CallerPolicies) -> CallerPolicies:
        others = [
            one for one in policies.identity if (one.arn, one.name, one.attached) != ("", name, via)
        ]
        return replace(policies, identity=(*others, new))

    return changed_world(world, holders(world, account_id, owner), changed)


def owner_keys(world: World, account_id: str, owner: tuple[str, str]) -> set[Key]:
    """Return the key of a user, role or group; none if there is no such one."""
    kind, name = owner
    rows: dict[str, Sequence[Entity]] = {
        "user": world.users,
        "role": world.roles,
        "group": world.groups,
    }
    return {(kind, one.pk) for one in rows[kind] if _is_named(one, name, account_id)}


def holders(world: World, account_id: str, owner: tuple[str, str]) -> set[Key]:
    """Return who has the policies of an owner: a group's members have them, too."""
    found = owner_keys(world, account_id, owner)
    groups = {pk for kind, pk in found if kind == "group"}
    members = {("user", pk) for pk, held in world.memberships.items() if groups & set(held)}
    return found | members


def _is_named(row: Entity, name: str, account_id: str) -> bool:
    return (row.name, row.account.account_id) == (name, account_id)


def with_managed_policy(world: World, arn: str, text: str) -> World:
    """Return the world in which a managed policy's version in effect has this text."""
    checked_document(text, PolicyType.IDENTITY)

    def anew(one: AppliedPolicy) -> AppliedPolicy:
        return replace(one, text=text) if one.arn == arn else one

    def changed(policies: CallerPolicies) -> CallerPolicies:
        return replace(
            policies,
            identity=tuple(map(anew, policies.identity)),
            boundary=anew(policies.boundary) if policies.boundary else None,
        )

    return changed_world(world, set(world.gathered), changed)


def changed_world(
    world: World, keys: set[Key], changed: Callable[[CallerPolicies], CallerPolicies]
) -> World:
    """Return the world in which these principals have changed policies."""
    found = {
        key: changed(policies) if key in keys else policies
        for key, policies in world.gathered.items()
    }
    return world.supposing(gathered=found)


def with_role(
    world: World, arn: str, text: str, policy_arns: Sequence[str] = (), boundary: str = ""
) -> World:
    """Return the world with one more role, which has managed policies and perhaps a boundary."""
    account = next(one for one in world.accounts if one.account_id == account_of(arn))
    role = Role(sandbox=world.sandbox, account=account, name=name_in(arn), pk=_NEW)
    role.created_at = world.sandbox.time_at(world.origin.received_at)
    role.unique_id = "AROANEWNEWNEWNEWNEWNE"
    texts = managed_texts(world.sandbox, {*policy_arns, *filter(None, [boundary])})

    def applied(layer: str, one: str, via: str) -> list[AppliedPolicy]:
        found = texts.get(one)
        if found is None:
            return []
        return [AppliedPolicy(layer, found.name, found.text, via, one, found.version)]

    limits = applied("PERMISSIONS_BOUNDARY", boundary, "boundary")
    organization = organization_in(world.sandbox)
    own = CallerPolicies(
        identity=tuple(p for one in policy_arns for p in applied("PRINCIPAL", one, "directly")),
        boundary=limits[0] if limits else None,
        controls=organization.service_controls(account.account_id) if organization else (),
    )
    return world.supposing(
        gathered={**world.gathered, ("role", _NEW): own},
        roles=[*world.roles, _trusting(world, role, text)],
    )
