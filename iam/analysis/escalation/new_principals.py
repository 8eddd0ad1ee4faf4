"""Users and roles that somebody could make, and what can be done with them.

A new role trusts whoever of a plan enters it: `replay.py` writes that into the call that makes it.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import islice, product
from typing import Any

from iam import catalogue
from iam.actions.resource_kinds import ROLE, USER, EntityKind
from iam.actions.subjects import boundary_context, requested_tags
from iam.analysis.escalation.asked_keys import conditions_of
from iam.analysis.escalation.other_names import new_names
from iam.analysis.escalation.rights_change import RightsChange
from iam.analysis.escalation.search_state import SearchState
from iam.analysis.escalation.steps import (
    ADMINISTRATOR_ACCESS,
    ControlledPrincipal,
    EntityChange,
)
from iam.analysis.world_principals import WorldPrincipal, principal_of_entity
from iam.authorization import CallerPolicies, PermissionCheck
from iam.authorization.caller_policies import ManagedText, PolicyRows, caller_policies
from iam.authorization.permission_checks import GRANTS_NOTHING
from iam.authorization.policies_of_many import Key
from iam.engine import context_keys, values_near
from iam.models import Document, Role, User
from iam.wire.tags import tag_list

_KINDS = (ROLE, USER)
_SOURCE = "NCC Group, Principal Mapper; pathfinding iam-019 to iam-021"
_BOUNDARY = "iam:permissionsboundary"
_OF_TAGS = ("aws:requesttag/", "aws:resourcetag/", "iam:resourcetag/", "aws:principaltag/")
_MOST, _MOST_TAGS, _MOST_VALUES, _MOST_LIMITS = 60, 12, 4, 6


@dataclass(frozen=True)
class NewPrincipal:
    """A user or role that could be made: its row, which is not stored, and what it would be."""

    entity: User | Role
    person: WorldPrincipal
    policies: CallerPolicies
    way: RightsChange


def creations(board: SearchState, being: ControlledPrincipal) -> Iterator[RightsChange]:
    """Return the ways in which a principal may want to make a user or a role in its account."""
    actor = board.someone(being)
    for kind in _KINDS:
        if actor.speaks_of(f"iam:Create{kind.word}"):
            for new in _news(board, being, kind):
                yield new.way


def _news(
    board: SearchState, being: ControlledPrincipal, kind: EntityKind
) -> tuple[NewPrincipal, ...]:
    """Return what could be made in an account, each as policies tell it apart from the others."""
    actor = board.someone(being)

    def make() -> tuple[NewPrincipal, ...]:
        names = new_names(board, kind.model.arn_type, actor.account_id)
        variants = product(_tags(board, being), _limits(board, actor.account_id), names)
        rows = (
            {"path": path, "name": name, "boundary_arn": limit, "tags": dict(tags)}
            for tags, limit, (path, name) in islice(variants, _MOST)
        )
        return tuple(_new(board, being, kind, row) for row in rows)

    return board.remember(("new", kind.word, actor.account_id), make)


def _limits(board: SearchState, account_id: str) -> list[str]:
    """Return boundaries that a new principal may be given, none first: where policies ask."""
    asked = any(key.lower() == _BOUNDARY for text in board.texts for key in context_keys(text))
    if not asked:
        return [""]
    own = [
        versions[0].policy.arn
        for versions in board.versions.values()
        if versions[0].policy.account.account_id == account_id
    ]
    return ["", ADMINISTRATOR_ACCESS, *own][:_MOST_LIMITS]


def _tags(board: SearchState, being: ControlledPrincipal) -> list[Mapping[str, str]]:
    """Return tags that a new principal may be given, none first: where policies ask."""
    values: dict[str, dict[str | None, None]] = {}
    for text in board.texts:
        for condition in conditions_of(text):
            prefix, slash, name = condition.key.partition("/")
            if f"{prefix}{slash}".lower() in _OF_TAGS:
                found = values.setdefault(name, {None: None})
                found.update(dict.fromkeys(values_near(condition, board.keys_of(being))))
    choices = [[*found][: _MOST_VALUES + 1] for found in values.values()]
    chosen = islice(product(*choices), _MOST_TAGS)
    return [
        {name: one for name, one in zip(values, some, strict=True) if one is not None}
        for some in chosen
    ]


def _text_of(board: SearchState, arn: str) -> ManagedText:
    for versions in board.versions.values():
        if versions[0].policy.arn == arn:
            found = next(one for one in versions if one.is_default)
            return ManagedText(found.policy.name, found.version_id, found.document.text)
    policy = catalogue.managed_policy(arn)
    text = policy.document if policy else GRANTS_NOTHING
    return ManagedText(arn.rpartition("/")[2], "v1", text)


def _new(
    board: SearchState, being: ControlledPrincipal, kind: EntityKind, asked: Mapping[str, Any]
) -> NewPrincipal:
    """Return a user or role of such a path, name, boundary and tags, as it would be."""
    number, arn = -1 - len(board.newcomers), asked["boundary_arn"]
    account = board.entity(being.key).account
    entity: User | Role = (
        Role(pk=number, account=account, trust=Document(text=GRANTS_NOTHING), **asked)
        if kind is ROLE
        else User(pk=number, account=account, **asked)
    )
    entity.unique_id = f"{'AROA' if kind is ROLE else 'AIDA'}NEW{-number:014d}"
    held = caller_policies(PolicyRows((), (), arn), {arn: _text_of(board, arn)} if arn else {})
    policies = replace(held, controls=board.policies(being.key).controls)
    world = board.world
    person = principal_of_entity(world.sandbox, entity, world.origin, policies, world.visit)
    new = NewPrincipal(entity, person, policies, _way(kind, entity))
    board.newcomers[kind.model.arn_type, number] = new
    return new


def _way(kind: EntityKind, entity: User | Role) -> RightsChange:
    params: dict[str, object] = {kind.parameter: entity.name, "Path": entity.path}
    if entity.boundary_arn:
        params["PermissionsBoundary"] = entity.boundary_arn
    if entity.tags:
        params["Tags"] = tag_list(entity.tags)
    context = {**requested_tags(params), **boundary_context(params)}
    actions = [f"iam:Create{kind.word}", *([f"iam:Tag{kind.word}"] if entity.tags else ())]
    checks = tuple(PermissionCheck(one, entity.arn, context=context) for one in actions)
    key: Key = (entity.arn_type, entity.pk)
    title = f"Create the {entity.arn_type} {entity.name}"
    return RightsChange(title, actions[0], params, checks, _SOURCE, EntityChange("created", key))
