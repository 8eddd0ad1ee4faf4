"""Policy documents written from visual blocks; pure."""

import json
from collections.abc import Iterable, Sequence
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


def to_document(blocks: Sequence[Block]) -> Document:
    """Write the policy with statements VisualEditor0, 1 …; empty blocks are left out."""
    statements = [s for block in blocks if not block.is_untouched for s in _statements(block)]
    if not statements:
        return _start_document(blocks)
    for number, statement in enumerate(statements):
        statement["Sid"] = f"VisualEditor{number}"
    return {"Version": VERSION, "Statement": statements}


def to_text(blocks: Sequence[Block]) -> str:
    return json.dumps(to_document(blocks), indent=2, ensure_ascii=False)


def _start_document(blocks: Sequence[Block]) -> Document:
    """Return the document that the JSON editor starts from."""
    effect = blocks[0].effect if blocks else "Allow"
    empty = {"Sid": "Statement1", "Effect": effect, "Action": [], "Resource": []}
    return {"Version": VERSION, "Statement": [empty]}


def _statements(block: Block) -> list[Document]:
    """Write one statement, or two when some actions cannot be limited to the resources chosen."""
    if block.all_actions:
        return [_statement(block, (all_pattern(block.service),), _resources(block))]
    chosen = ticked(block)
    if block.any_resource:
        names = [f"{block.service}:{action.name}" for action in chosen]
        return [_statement(block, (*names, *block.manual), ("*",))]
    limited = [f"{block.service}:{a.name}" for a in chosen if a.resource_types]
    unlimited = [f"{block.service}:{a.name}" for a in chosen if not a.resource_types]
    written = []
    if limited or block.manual or not unlimited:
        written.append(_statement(block, (*limited, *block.manual), _resources(block)))
    if unlimited:
        written.append(_statement(block, unlimited, ("*",)))
    return written


def _resources(block: Block) -> tuple[str, ...]:
    return ("*",) if block.any_resource or "*" in block.arns else block.arns


def _statement(block: Block, actions: Iterable[str], resources: Iterable[str]) -> Document:
    statement: Document = {
        "Sid": "",
        "Effect": block.effect,
        "Action": _one_or_list(unique(actions)),
        "Resource": _one_or_list(unique(resources)),
    }
    if block.conditions:
        statement["Condition"] = _condition_element(block.conditions)
    return statement


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
