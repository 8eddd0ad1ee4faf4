"""A world as it would be without some policy: nothing is written, no row is changed."""

from collections.abc import Iterable, Mapping
from copy import copy
from dataclasses import replace
from typing import Any

from console.labs.checks.case import Case
from console.labs.checks.subjects import called_in
from iam.arns import policy_arn
from iam.authorization import GRANTS_NOTHING, CallerPolicies
from iam.authorization.policies_of_many import Key
from iam.models import Document, Role

Asks = Mapping[str, Any]


def _without_trust(role: Role) -> Role:
    """Return a role that trusts nobody: no policy at all would not refuse, an empty one does."""
    changed = copy(role)
    changed.trust = Document(text=GRANTS_NOTHING)
    changed.trust_bound = {}
    return changed


def _without_policy(policies: CallerPolicies, arn: str) -> CallerPolicies:
    boundary = policies.boundary
    return replace(
        policies,
        identity=tuple(one for one in policies.identity if one.arn != arn),
        boundary=None if boundary is not None and boundary.arn == arn else boundary,
        controls=tuple(one for one in policies.controls if one.arn != arn),
    )


def _policy_arn(case: Case, reference: str) -> str:
    if reference.startswith("arn:"):
        return reference
    account, _, name = reference.partition("/")
    return policy_arn(case.account_id(account), name)


def _changed(
    case: Case, what: Asks, gathered: dict[Key, CallerPolicies], roles: list[Role]
) -> None:
    keys = {one.arn: key for key, one in case.world.people.items()}
    if "identity" in what:
        key = keys.get(case.arn(what["identity"]))
        if key is not None:
            gathered[key] = replace(gathered[key], identity=())
    if "boundary" in what:
        key = keys.get(case.arn(what["boundary"]))
        if key is not None:
            gathered[key] = replace(gathered[key], boundary=None)
    if "policy" in what:
        arn = _policy_arn(case, what["policy"])
        for key, policies in gathered.items():
            gathered[key] = _without_policy(policies, arn)
    if "trust" in what:
        arn = case.arn(what["trust"], "role")
        roles[:] = [_without_trust(role) if role.arn == arn else role for role in roles]


def without(case: Case, removed: Iterable[Asks]) -> Case:
    """Return the case in a world that lacks policies: `{identity | trust | boundary: you/x}`, …"""
    gathered, roles = dict(case.world.gathered), list(case.world.roles)
    resources = set(case.without_policy)
    for what in removed:
        _changed(case, what, gathered, roles)
        if "resource" in what:
            resources.add(what["resource"])
    world = case.world.supposing(gathered=gathered, roles=roles, origin=case.origin)
    changed = replace(case, without_policy=frozenset(resources))
    vars(changed).update(world=world, origin=case.origin)
    return changed


def in_words(case: Case, removed: Iterable[Asks]) -> str:
    """Return what is removed as a part of a sentence."""
    parts = []
    for what in removed:
        ((kind, of),) = what.items()
        found = case.principal(of) if kind in {"identity", "trust", "boundary"} else None
        parts.append(_WORDS[kind].format(called_in(case, found) if found else of))
    return " and ".join(parts)


_WORDS = {
    "identity": "the permissions of {}",
    "trust": "the trust policy of {}",
    "boundary": "the boundary of {}",
    "policy": "the policy {}",
    "resource": "the policy of {}",
}
