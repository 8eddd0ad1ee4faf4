"""Visual blocks in form fields: written, and read back."""

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from django.http import QueryDict

from console.pages.iam.policy_editor.blocks.block import (
    IP_KEY,
    IP_OPERATOR,
    MFA,
    MOST_BLOCKS,
    Block,
    BlockCondition,
    catalogue_of,
    unique,
)
from iam.catalogue import Action

_SERVICE = re.compile(r"\*|[a-z0-9-]+")
_SEPARATORS = re.compile(r"[\s,]+")
FOLDED, FOLDED_ACTIONS = "folded", "actions"


def prefix(number: int) -> str:
    return f"b{number}-"


def split_words(text: str) -> tuple[str, ...]:
    return unique(part for part in _SEPARATORS.split(text) if part)


def block_fields(blocks: Sequence[Block]) -> list[tuple[str, str]]:
    """Return the hidden fields for blocks that the page does not show."""
    return [field for number, block in enumerate(blocks) for field in fields_of(number, block)]


def fields_of(number: int, block: Block) -> list[tuple[str, str]]:
    named = ((prefix(number) + name, value) for name, value in _fields(block))
    return [("block", str(number)), *named]


def _fields(block: Block) -> Iterable[tuple[str, str]]:
    yield "service", block.service
    yield "effect", block.effect
    yield "resources", "all" if block.any_resource else "specific"
    if block.all_actions:
        yield "all", "on"
    if block.actions:
        yield FOLDED_ACTIONS, " ".join(block.actions)
    values = {
        "manual": block.manual,
        "arn": block.arns,
        "condition": tuple(condition_field(condition) for condition in block.conditions),
    }
    if any(values.values()):
        yield FOLDED, folded_field(values)


def folded_field(values: Mapping[str, Sequence[str]]) -> str:
    """Return one field for many: a page has thousands of values, and a form only so many fields."""
    return json.dumps({name: list(some) for name, some in values.items() if some})


def condition_field(condition: BlockCondition) -> str:
    return json.dumps([condition.operator, condition.key, *condition.values])


def numbers_from(posted: QueryDict) -> tuple[int, ...]:
    """Return the blocks' numbers in the order of the page; a block keeps its own."""
    numbers = unique(posted.getlist("block"))
    known = (int(n) for n in numbers if n.isascii() and n.isdigit() and len(n) < 5)
    return tuple(known)[:MOST_BLOCKS]


def blocks_from(posted: QueryDict) -> tuple[Block, ...]:
    return tuple(_block(posted, prefix(number)) for number in numbers_from(posted))


def _block(posted: QueryDict, start: str) -> Block:
    service = posted.get(start + "service", "") or ""
    block = Block(
        service=service if _SERVICE.fullmatch(service) else "",
        effect="Deny" if posted.get(start + "effect") == "Deny" else "Allow",
        all_actions=bool(posted.get(start + "all")),
        actions=_posted_actions(posted, start),
        manual=_posted(posted, start, "manual"),
        any_resource=posted.get(start + "resources") == "all",
        arns=unique((*_posted(posted, start, "arn"), *filter(None, posted.getlist(start + "any")))),
        conditions=_conditions(posted, start),
    )
    found = catalogue_of(block)
    return replace(block, actions=picked_actions(posted, start, found.actions)) if found else block


def _posted_actions(posted: QueryDict, start: str) -> tuple[str, ...]:
    folded = (name for field in posted.getlist(start + FOLDED_ACTIONS) for name in field.split())
    return unique((*posted.getlist(start + "action"), *folded))


def _posted(posted: QueryDict, start: str, name: str) -> tuple[str, ...]:
    """Return the values of a name: of its own fields, and of folded parts of the page."""
    folded = (value for field in posted.getlist(start + FOLDED) for value in _unfold(field, name))
    return unique(filter(None, (*posted.getlist(start + name), *folded)))


def _unfold(field: str, name: str) -> list[str]:
    values = _loaded(field)
    found = values.get(name, []) if isinstance(values, dict) else []
    return [value for value in found if isinstance(value, str)] if isinstance(found, list) else []


def _loaded(field: str) -> object:
    """Read a field's JSON; nothing where it is none, or cannot be written again."""
    try:
        loaded: object = json.loads(field)
        field.encode()
        json.dumps(loaded, ensure_ascii=False).encode()
    except (ValueError, RecursionError):
        return None
    return loaded


def picked_actions(posted: QueryDict, start: str, actions: Sequence[Action]) -> tuple[str, ...]:
    """Return the picked ones of the actions of a service, in their order.

    They are those of boxes and folded parts, after the boxes *All write actions* that were ticked
    or cleared since the last request.
    """
    chosen = set(_posted_actions(posted, start))
    now, before = (set(posted.getlist(start + name)) for name in ("level", "level-was"))
    for level in now | before:
        names = {action.name for action in actions if action.access_level == level}
        if level not in before:
            chosen |= names
        elif level not in now and names <= chosen:
            chosen -= names
    return tuple(action.name for action in actions if action.name in chosen)


def _conditions(posted: QueryDict, start: str) -> tuple[BlockCondition, ...]:
    found = [MFA] if posted.get(start + "mfa") else []
    if posted.get(start + "source_ip"):
        addresses = split_words(posted.get(start + "ip", "") or "")
        found.append(BlockCondition(IP_OPERATOR, IP_KEY, addresses))
    for field in _posted(posted, start, "condition"):
        found.extend(_condition(field))
    return unique_conditions(found)


def _condition(field: str) -> list[BlockCondition]:
    parts = _loaded(field)
    if not isinstance(parts, list) or len(parts) < 2:
        return []
    if not all(isinstance(part, str) for part in parts):
        return []
    operator, key, *values = parts
    return [BlockCondition(operator, key, tuple(values))]


def unique_conditions(conditions: Iterable[BlockCondition]) -> tuple[BlockCondition, ...]:
    """Join the conditions of the same operator and key: any of their values may match."""
    joined: dict[tuple[str, str], tuple[str, ...]] = {}
    for condition in conditions:
        place = (condition.operator, condition.key)
        joined[place] = unique((*joined.get(place, ()), *condition.values))
    return tuple(
        BlockCondition(operator, key, values) for (operator, key), values in joined.items()
    )
