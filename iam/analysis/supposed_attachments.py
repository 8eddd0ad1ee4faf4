"""A world as it would be with policies attached or detached, another boundary, other members."""

from collections.abc import Collection, Iterable
from dataclasses import replace

from iam.analysis.supposed_policies import changed_world, holders, owner_keys
from iam.analysis.world import World
from iam.authorization import AppliedPolicy, CallerPolicies, managed_texts

Owner = tuple[str, str]
"""The kind and the name: user, role or group."""


def _via(owner: Owner, otherwise: str) -> str:
    kind, name = owner
    return f"group {name}" if kind == "group" else otherwise


def _applied(world: World, layer: str, arns: Iterable[str], via: str) -> list[AppliedPolicy]:
    texts = managed_texts(world.sandbox, arns)
    return [
        AppliedPolicy(layer, one.name, one.text, via, arn, one.version)
        for arn, one in sorted(texts.items())
    ]


def with_attached(world: World, account_id: str, owner: Owner, arns: Collection[str]) -> World:
    """Return the world in which a user, role or group has managed policies attached."""
    via = _via(owner, "directly")
    new = _applied(world, "PRINCIPAL", arns, via)

    def changed(policies: CallerPolicies) -> CallerPolicies:
        others = [one for one in policies.identity if not (one.arn in arns and one.attached == via)]
        return replace(policies, identity=(*others, *new))

    return changed_world(world, holders(world, account_id, owner), changed)


def without_policies(
    world: World, account_id: str, owner: Owner, arns: Collection[str], names: Collection[str] = ()
) -> World:
    """Return the world without attached policies, by ARN, and inline ones, by name."""
    attached, inline = _via(owner, "directly"), _via(owner, "inline")

    def stays(one: AppliedPolicy) -> bool:
        if one.arn:
            return not (one.arn in arns and one.attached == attached)
        return not (one.name in names and one.attached == inline)

    def changed(policies: CallerPolicies) -> CallerPolicies:
        return replace(policies, identity=tuple(filter(stays, policies.identity)))

    return changed_world(world, holders(world, account_id, owner), changed)


def with_boundary(world: World, account_id: str, owner: Owner, arn: str) -> World:
    """Return the world in which a user or role has this boundary, or none for an empty ARN."""
    limits = _applied(world, "PERMISSIONS_BOUNDARY", filter(None, [arn]), "boundary")
    boundary = limits[0] if limits else None

    def changed(policies: CallerPolicies) -> CallerPolicies:
        return replace(policies, boundary=boundary)

    return changed_world(world, owner_keys(world, account_id, owner), changed)


def with_membership(
    world: World, account_id: str, users: Iterable[str], groups: Iterable[str], *, is_in: bool
) -> World:
    """Return the world in which users are in groups, or in none of them."""
    names = list(groups)
    gained = [
        policy
        for name in names
        for key in owner_keys(world, account_id, ("group", name))
        for policy in world.gathered[key].identity
    ]
    of_groups = {f"group {name}" for name in names}

    def changed(policies: CallerPolicies) -> CallerPolicies:
        others = [one for one in policies.identity if one.attached not in of_groups]
        return replace(policies, identity=(*others, *(gained if is_in else ())))

    keys = {key for name in users for key in owner_keys(world, account_id, ("user", name))}
    return changed_world(world, keys, changed)


def with_permissions_of(world: World, account_id: str, source: str, user: str) -> World:
    """Return the world in which a user has the groups and policies of another, too."""
    found = [
        policy
        for key in owner_keys(world, account_id, ("user", source))
        for policy in world.gathered[key].identity
    ]

    def changed(policies: CallerPolicies) -> CallerPolicies:
        return replace(policies, identity=tuple(dict.fromkeys((*policies.identity, *found))))

    return changed_world(world, owner_keys(world, account_id, ("user", user)), changed)
