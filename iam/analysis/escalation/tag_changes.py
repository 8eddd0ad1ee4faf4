"""Ways to tag: oneself, a role, another user, a resource, where policies ask about the tag.

The values come from the policies' own conditions: of those that all conditions treat alike, one.
"""

from collections.abc import Iterable, Iterator, Sequence

from iam.actions.resource_kinds import kind_of
from iam.actions.subjects import requested_tags, tag_context
from iam.analysis.escalation.asked_keys import (
    asks_about,
    conditions_of,
    keys_of_tag,
    principal_tag_key,
    tag_name,
    tags_asked,
)
from iam.analysis.escalation.rights_change import RightsChange
from iam.analysis.escalation.search_state import SearchState
from iam.analysis.escalation.steps import ControlledPrincipal, EntityChange
from iam.analysis.escalation.tagged_resources import TaggedResource
from iam.analysis.world_principals import WorldPrincipal
from iam.arns import SERVICE_LINKED_PATH
from iam.authorization import PermissionCheck
from iam.engine import values_near
from iam.engine.matching.elements.conditions import ConditionTest
from iam.engine.request import Keys
from iam.models import Group, Role, User

_SOURCE = "AWS IAM User Guide, attribute-based access control: control who may tag"
_MOST_VALUES = 8
_ACTIONS = ("iam:TagUser", "iam:UntagUser", "iam:TagRole", "iam:UntagRole")
_LONGEST_VALUE = 256


def tag_ways(
    board: SearchState,
    being: ControlledPrincipal,
    entities: Iterable[User | Role | Group] | None = None,
) -> Iterator[RightsChange]:
    """Return the tags that a principal may want to set or remove in its account.

    They are those of all `entities` and resources unless some are given.
    """
    if not _names(board):
        return
    if entities is None:
        yield from _ways_on_resources(board, being)
        entities = board.entities.values()
    yield from _ways_on_entities(board, being, entities)


def _ways_on_entities(
    board: SearchState, being: ControlledPrincipal, entities: Iterable[User | Role | Group]
) -> Iterator[RightsChange]:
    actor = board.someone(being)
    spoken = [action for action in _ACTIONS if actor.speaks_of(action)]
    if not spoken:
        return
    values = _values_by_name(board, being)
    for entity in entities:
        if isinstance(entity, Group) or entity.account.account_id != actor.account_id:
            continue
        if entity.path.startswith(SERVICE_LINKED_PATH):
            continue
        for name, found in values.items():
            for value in found:
                way = _way(entity, name, value)
                if way is not None and way.operation in spoken:
                    yield way


def _ways_on_resources(board: SearchState, being: ControlledPrincipal) -> Iterator[RightsChange]:
    actor = board.someone(being)
    resources = _resources(board, actor)
    values = _values_by_name(board, being) if resources else {}
    for resource in resources:
        for name, found in values.items():
            yield from _ways_on(resource, actor, name, found)


def _resources(board: SearchState, actor: WorldPrincipal) -> list[TaggedResource]:
    """Return the resources that a principal's policies may let it tag."""
    return [
        one
        for one in board.tagged_resources.values()
        if not one.account_id
        or (one.account_id == actor.account_id and any(map(actor.speaks_of, one.actions)))
    ]


def _ways_on(
    resource: TaggedResource, actor: WorldPrincipal, name: str, values: Iterable[str | None]
) -> Iterator[RightsChange]:
    present = {key.lower(): one for key, one in resource.tags.items()}
    for value in values:
        if present.get(name.lower()) == value:
            continue
        tagging = resource.tagging(actor.caller, name, value)
        change = EntityChange("tagged", resource.key, name=name, value=value)
        title = resource.change_of(name, value)
        params, checks = dict(tagging.params), (tagging.check,)
        yield RightsChange(title, tagging.operation, params, checks, _SOURCE, change)


def _way(entity: User | Role, name: str, value: str | None) -> RightsChange | None:
    """Return how to give an entity a tag, or to remove it; None if it is so already."""
    word, called = kind_of(entity).word, f"the {entity.arn_type} {entity.name}"
    present = {key.lower(): one for key, one in entity.tags.items()}
    if present.get(name.lower()) == value:
        return None
    params: dict[str, object] = {kind_of(entity).parameter: entity.name}
    if value is None:
        action, title = f"iam:Untag{word}", f"Remove the tag {name} from {called}"
        params["TagKeys"] = [name]
    else:
        action, title = f"iam:Tag{word}", f"Tag {called} with {name} = {value}"
        params["Tags"] = [{"Key": name, "Value": value}]
    check = PermissionCheck(
        action, entity.arn, context={**tag_context(entity), **requested_tags(params)}
    )
    change = EntityChange("tagged", (entity.arn_type, entity.pk), name=name, value=value)
    return RightsChange(title, action, params, (check,), _SOURCE, change)


def _names(board: SearchState) -> Sequence[str]:
    """Return the names of the tags that policies ask about, each once whatever its case."""

    def make() -> tuple[str, ...]:
        found: dict[str, str] = {}
        for condition in _conditions(board):
            if name := tag_name(condition.key):
                found.setdefault(name.lower(), name)
        for text in board.texts:
            for key in tags_asked(text):
                found.setdefault(tag_name(key), tag_name(key))
        return tuple(found.values())

    return board.remember("names of tags", make)


def _conditions(board: SearchState) -> Sequence[ConditionTest]:
    def make() -> tuple[ConditionTest, ...]:
        return tuple(one for text in board.texts if tags_asked(text) for one in conditions_of(text))

    return board.remember("conditions", make)


def session_tags_for(
    board: SearchState, being: ControlledPrincipal, role: Role
) -> Iterator[tuple[str, str]]:
    """Yield tags that a session of a role may be given, of those that the role's policies ask."""
    texts = [one.text for one in board.policies(("role", role.pk)).all()]
    for name in _names(board):
        key = {principal_tag_key(name)}
        if any(asks_about(text, key) for text in texts):
            for value in _values(board, being, name):
                if value is not None:
                    yield name, value


def _values_by_name(board: SearchState, being: ControlledPrincipal) -> dict[str, list[str | None]]:
    return {name: _values(board, being, name) for name in _names(board)}


def _values(board: SearchState, being: ControlledPrincipal, name: str) -> list[str | None]:
    """Return values of a tag that some condition treats unlike the others, None for no tag."""
    keys = board.keys_of(being)
    of_tag = keys_of_tag(name)
    conditions = [one for one in _conditions(board) if one.key.lower() in of_tag]
    near = [value for one in conditions for value in values_near(one, keys)]
    alike: dict[tuple[bool, ...], str | None] = {}
    for value in (None, *(one for one in near if len(one) <= _LONGEST_VALUE)):
        alike.setdefault(_held(conditions, keys, of_tag, value), value)
    things: list[User | Role | TaggedResource] = [*board.world.users, *board.world.roles]
    things += board.tagged_resources.values()
    known = {v: None for one in things for k, v in one.tags.items() if k.lower() == name.lower()}
    return list(dict.fromkeys([*alike.values(), *known]))[:_MOST_VALUES]


def _held(
    conditions: Sequence[ConditionTest], keys: Keys, of_tag: Sequence[str], value: str | None
) -> tuple[bool, ...]:
    tagged: Keys = dict.fromkeys(of_tag, () if value is None else (value,))
    return tuple(one.holds({**keys, **tagged}) for one in conditions)
