"""Visual blocks laid out for their templates."""

import re

from console.pages.iam.policy_editor.blocks.arns import any_in_account, has_account, kind_of
from console.pages.iam.policy_editor.blocks.block import (
    ACCESS_LEVELS,
    Block,
    BlockCondition,
    catalogue_of,
    resource_types,
    ticked,
)
from console.pages.iam.policy_editor.blocks.form_fields import condition_field, prefix
from console.pages.iam.policy_editor.visual.openness import Openness
from console.pages.iam.policy_editor.visual.view_models import (
    ShownAction,
    ShownBlock,
    ShownCondition,
    ShownKind,
    ShownLevel,
)
from iam.catalogue import ResourceType

_SMALL = 20
_FIRST = 5


def shown_block(
    number: int, block: Block, account_id: str, openness: Openness, words: str
) -> ShownBlock:
    """Return the view of a block; `words` are the filter's over its actions."""
    kinds = _kinds(block, account_id)
    listed = kinds
    if len(kinds) > _SMALL and not openness.of_kinds(number):
        listed = [kind for kind in kinds if kind.arns]
        listed += [kind for kind in kinds if kind.missing][: max(0, _FIRST - len(listed))]
    placed = {arn for kind in kinds for arn in kind.arns}
    return ShownBlock(
        number=number,
        block=block,
        levels=_levels(number, block, openness, words_of(words)),
        kinds=listed,
        more_kinds=len(kinds) if len(listed) < len(kinds) else 0,
        other_arns=[arn for arn in block.arns if arn not in placed],
        conditions=[_condition(c) for c in block.conditions if not (c.is_mfa or c.is_source_ip)],
        open={
            "body": True,
            **{
                name: openness.of(f"{prefix(number)}{name}", default)
                for name, default in _sections(block).items()
            },
        },
    )


def folded_block(number: int, block: Block) -> ShownBlock:
    """Return the view of a block of which only the head is to be seen."""
    return ShownBlock(number, block, (), (), 0, (), (), {"body": False})


def words_of(text: str) -> list[str]:
    return [word for word in re.split(r"[\s-]+", text.lower()) if word]


def _sections(block: Block) -> dict[str, bool]:
    """Return the sections of a card, and whether each begins open."""
    return {
        "allowed": True,
        "manual": False,
        "limits": True,
        "when": bool(block.conditions),
        "condition": False,
    }


def _levels(number: int, block: Block, opened: Openness, words: list[str]) -> list[ShownLevel]:
    found = catalogue_of(block)
    groups: dict[str, list[str]] = {level: [] for level in ACCESS_LEVELS}
    for action in found.actions if found else ():
        groups.setdefault(action.access_level, []).append(action.name)
    some = ((level, names) for level, names in groups.items() if names)
    return [_level(number, block, one, opened, words) for one in some]


def _level(
    number: int, block: Block, level: tuple[str, list[str]], opened: Openness, words: list[str]
) -> ShownLevel:
    name, actions = level
    chosen = set(block.actions)
    picked = [action for action in actions if action in chosen]
    level_id = _level_id(number, name)
    some = bool(picked) and not block.all_actions
    before = opened.of_level(number, name, level_id, default=some)
    if words:
        listed = [each for each in actions if all(word in each.lower() for word in words)]
    elif before.whole or _is_small(block):
        listed = actions
    else:
        listed = picked if before.open and some else []
    start = f"{prefix(number)}action-"
    return ShownLevel(
        id=level_id,
        name=name,
        total=len(actions),
        selected=len(actions) if block.all_actions else len(picked),
        picked=picked,
        listed=[
            ShownAction(f"{start}{each}", each, block.all_actions or each in chosen)
            for each in listed
        ],
        open=bool(listed) if words else before.open,
        whole=before.whole,
        all_actions=block.all_actions,
        filtered=bool(words),
        was_open=before.open,
    )


def _is_small(block: Block) -> bool:
    """Return whether the service has so few actions that they are listed at once."""
    found = catalogue_of(block)
    return found is not None and len(found.actions) <= _SMALL


def _level_id(number: int, level: str) -> str:
    return f"{prefix(number)}level-{level.split(maxsplit=1)[0].lower()}"


def _kinds(block: Block, account_id: str) -> list[ShownKind]:
    found = catalogue_of(block)
    if found is None:
        return []
    by_kind: dict[str, list[str]] = {}
    for arn in block.arns:
        kind = kind_of(arn, found.resource_types)
        by_kind.setdefault(kind.name if kind else "", []).append(arn)
    wanted = {kind.name for kind in resource_types(block)}
    return [
        _kind(block, kind, by_kind.get(kind.name, []), account_id)
        for kind in found.resource_types
        if kind.name in wanted or kind.name in by_kind
    ]


def _kind(block: Block, kind: ResourceType, arns: list[str], account_id: str) -> ShownKind:
    return ShownKind(
        name=kind.name,
        arns=arns,
        any_arn=any_in_account(kind.arn, account_id),
        any_label="Any in this account" if has_account(kind.arn) else "Any",
        missing="" if arns else missing_sentence(block, kind),
    )


def missing_sentence(block: Block, kind: ResourceType) -> str:
    """Return the request for an ARN: *Specify role resource ARN for the AssumeRole action.*"""
    names = [a.name for a in ticked(block) if kind.name in a.resource_types]
    if block.all_actions or not names:
        return ""
    rest = len(names) - 1
    more = f" and {rest} more actions" if rest > 1 else " and 1 more action" if rest else " action"
    return f"Specify {kind.name} resource ARN for the {names[0]}{more}."


def _condition(condition: BlockCondition) -> ShownCondition:
    values = ", ".join(condition.values)
    return ShownCondition(condition.operator, condition.key, values, condition_field(condition))
