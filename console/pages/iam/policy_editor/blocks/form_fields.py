"""Visual blocks in form fields: written, and read back."""

import json
import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from django.http import QueryDict

from console.pages.iam.policy_editor.blocks.block import (
    IP_KEY,
    IP_OPERATOR,
    MFA,
    Block,
    BlockCondition,
    catalogue_of,
    ticked,
    unique,
)

_SERVICE = re.compile(r"\*|[a-z0-9-]+")
_SEPARATORS = re.compile(r"[\s,]+")
_MOST_BLOCKS = 100


def prefix(number: int) -> str:
    return f"b{number}-"


def split_words(text: str) -> tuple[str, ...]:
    return unique(part for part in _SEPARATORS.split(text) if part)


def block_fields(blocks: Sequence[Block]) -> list[tuple[str, str]]:
    """Return the hidden fields for blocks that the page does not show."""
    found: list[tuple[str, str]] = []
    for number, block in enumerate(blocks):
        found.append(("block", str(number)))
        found.extend((prefix(number) + name, value) for name, value in _fields(block))
    return found


def _fields(block: Block) -> Iterable[tuple[str, str]]:
    yield "service", block.service
    yield "effect", block.effect
    yield "resources", "all" if block.any_resource else "specific"
    if block.all_actions:
        yield "all", "on"
    yield from (("action", name) for name in block.actions)
    yield from (("manual", action) for action in block.manual)
    yield from (("arn", arn) for arn in block.arns)
    yield from (("condition", condition_field(condition)) for condition in block.conditions)


def condition_field(condition: BlockCondition) -> str:
    return json.dumps([condition.operator, condition.key, *condition.values])


def blocks_from(posted: QueryDict) -> tuple[Block, ...]:
    numbers = [n for n in unique(posted.getlist("block")) if n.isascii() and n.isdigit()]
    return tuple(_block(posted, f"b{n}-") for n in numbers[:_MOST_BLOCKS])


def _block(posted: QueryDict, start: str) -> Block:
    service = posted.get(start + "service", "") or ""
    block = Block(
        service=service if _SERVICE.fullmatch(service) else "",
        effect="Deny" if posted.get(start + "effect") == "Deny" else "Allow",
        all_actions=bool(posted.get(start + "all")),
        actions=tuple(posted.getlist(start + "action")),
        manual=unique(filter(None, posted.getlist(start + "manual"))),
        any_resource=posted.get(start + "resources") == "all",
        arns=unique(filter(None, (*posted.getlist(start + "arn"), *posted.getlist(start + "any")))),
        conditions=_conditions(posted, start),
    )
    return _with_levels(block, posted, start)


def _with_levels(block: Block, posted: QueryDict, start: str) -> Block:
    """Apply the boxes *All write actions* that were ticked or cleared since the last request."""
    found = catalogue_of(block)
    if found is None:
        return block
    chosen = set(block.actions)
    now, before = (set(posted.getlist(start + name)) for name in ("level", "level-was"))
    for level in now | before:
        names = {action.name for action in found.actions if action.access_level == level}
        if level not in before:
            chosen |= names
        elif level not in now and names <= chosen:
            chosen -= names
    followed = replace(block, actions=tuple(chosen))
    return replace(block, actions=tuple(action.name for action in ticked(followed)))


def _conditions(posted: QueryDict, start: str) -> tuple[BlockCondition, ...]:
    found = [MFA] if posted.get(start + "mfa") else []
    if posted.get(start + "source_ip"):
        addresses = split_words(posted.get(start + "ip", "") or "")
        found.append(BlockCondition(IP_OPERATOR, IP_KEY, addresses))
    for field in posted.getlist(start + "condition"):
        found.extend(_condition(field))
    return unique_conditions(found)


def _condition(field: str) -> list[BlockCondition]:
    try:
        parts = json.loads(field)
        field.encode()
        json.dumps(parts, ensure_ascii=False).encode()
    except (ValueError, RecursionError):
        return []
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
