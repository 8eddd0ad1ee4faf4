"""Policy documents written from visual blocks; pure."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Any

from console.pages.iam.policy_editor.blocks.block import (
    Block,
    BlockCondition,
    all_pattern,
    ticked,
    unique,
)

VERSION = "2012-10-17"
Document = dict[str, Any]


def to_document(blocks: Sequence[Block], policy_id: str = "") -> Document:
    """Write the policy with statements VisualEditor0, 1 …; empty blocks are left out.

    What follows each other and differs in its services alone is one statement, as it was opened.
    """
    parts = [part for block in blocks if not block.is_untouched for part in _parts(block)]
    statements = [_statement(list(some)) for _, some in groupby(parts, lambda part: part.limits)]
    if not statements:
        return _start_document(blocks)
    for number, statement in enumerate(statements):
        statement["Sid"] = f"VisualEditor{number}"
    named = {"Id": policy_id} if policy_id else {}
    return {"Version": VERSION, **named, "Statement": statements}


def to_text(blocks: Sequence[Block], policy_id: str = "") -> str:
    return json.dumps(to_document(blocks, policy_id), indent=2, ensure_ascii=False)


def _start_document(blocks: Sequence[Block]) -> Document:
    """Return the document that the JSON editor starts from."""
    effect = blocks[0].effect if blocks else "Allow"
    empty = {"Sid": "Statement1", "Effect": effect, "Action": [], "Resource": []}
    return {"Version": VERSION, "Statement": [empty]}


@dataclass(frozen=True)
class StatementPart:
    """What a block writes into one statement: actions of its service, on resources."""

    block: Block
    resources: tuple[str, ...]

    @property
    def limits(self) -> object:
        """Return all that a statement says besides its actions."""
        return self.block.effect, self.resources, self.block.conditions


def _parts(block: Block) -> list[StatementPart]:
    """Return one part, or two when some actions cannot be limited to the resources chosen."""
    resources = _resources(block)
    if block.all_actions or block.any_resource:
        return [StatementPart(block, resources)]
    chosen = ticked(block)
    limited = tuple(action.name for action in chosen if action.resource_types)
    unlimited = tuple(action.name for action in chosen if not action.resource_types)
    parts = []
    if limited or block.manual or not unlimited:
        parts.append(StatementPart(replace(block, actions=limited), resources))
    if unlimited:
        parts.append(StatementPart(replace(block, actions=unlimited, manual=()), ("*",)))
    return parts


def _resources(block: Block) -> tuple[str, ...]:
    return ("*",) if block.any_resource or "*" in block.arns else block.arns


def _statement(parts: Sequence[StatementPart]) -> Document:
    block = parts[0].block
    by_service: dict[str, list[Block]] = {}
    for part in parts:
        by_service.setdefault(part.block.service, []).append(part.block)
    actions = (action for blocks in by_service.values() for action in _actions(blocks))
    statement: Document = {
        "Sid": "",
        "Effect": block.effect,
        "Action": _one_or_list(unique(actions)),
        "Resource": _one_or_list(unique(parts[0].resources)),
    }
    if block.conditions:
        statement["Condition"] = _condition_element(block.conditions)
    return statement


def _actions(blocks: Sequence[Block]) -> Iterable[str]:
    """Return the actions of one service's blocks, in the catalogue's order."""
    first = blocks[0]
    if any(block.all_actions for block in blocks):
        return [all_pattern(first.service)]
    together = replace(first, actions=tuple(name for block in blocks for name in block.actions))
    names = [f"{first.service}:{action.name}" for action in ticked(together)]
    return [*names, *(action for block in blocks for action in block.manual)]


def _condition_element(conditions: Iterable[BlockCondition]) -> dict[str, dict[str, Any]]:
    gathered: dict[str, dict[str, tuple[str, ...]]] = {}
    for condition in conditions:
        keys = gathered.setdefault(condition.operator, {})
        keys[condition.key] = unique((*keys.get(condition.key, ()), *condition.values))
    return {
        operator: {key: _one_or_list(values) for key, values in keys.items()}
        for operator, keys in gathered.items()
    }


def _one_or_list(values: Sequence[str]) -> str | list[str]:
    return values[0] if len(values) == 1 else list(values)
