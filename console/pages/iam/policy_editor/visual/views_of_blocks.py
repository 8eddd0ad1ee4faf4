"""Visual blocks laid out for their templates."""

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
from console.pages.iam.policy_editor.visual.view_models import (
    Openness,
    ShownAction,
    ShownBlock,
    ShownCondition,
    ShownKind,
    ShownLevel,
)
from iam.catalogue import Action, ResourceType


def shown_block(
    number: int, block: Block, account_id: str, openness: Openness | None = None
) -> ShownBlock:
    """Return the view of a block; `account` is the visitor's, for *Any in this account*."""
    opened = openness or Openness()
    kinds = _kinds(block, account_id)
    placed = {arn for kind in kinds for arn in kind.arns}
    return ShownBlock(
        number=number,
        block=block,
        levels=_levels(number, block, opened),
        kinds=kinds,
        other_arns=[arn for arn in block.arns if arn not in placed],
        conditions=[_condition(c) for c in block.conditions if not (c.is_mfa or c.is_source_ip)],
        open={
            name: opened.of(f"{prefix(number)}{name}", default)
            for name, default in _sections(block).items()
        },
    )


def _sections(block: Block) -> dict[str, bool]:
    """Return the sections of a card, and whether each begins open."""
    return {
        "body": True,
        "allowed": True,
        "manual": False,
        "limits": True,
        "when": bool(block.conditions),
        "condition": False,
    }


def _levels(number: int, block: Block, opened: Openness) -> list[ShownLevel]:
    found = catalogue_of(block)
    groups: dict[str, list[Action]] = {level: [] for level in ACCESS_LEVELS}
    for action in found.actions if found else ():
        groups.setdefault(action.access_level, []).append(action)
    chosen = set(block.actions)
    return [
        ShownLevel(
            id=_level_id(number, level),
            name=level,
            actions=[_action(number, action, block, chosen) for action in actions],
            open=opened.of_level(
                _level_id(number, level),
                not block.all_actions and any(action.name in chosen for action in actions),
            ),
        )
        for level, actions in groups.items()
        if actions
    ]


def _level_id(number: int, level: str) -> str:
    return f"{prefix(number)}level-{level.split(maxsplit=1)[0].lower()}"


def _action(number: int, action: Action, block: Block, chosen: set[str]) -> ShownAction:
    checked = block.all_actions or action.name in chosen
    return ShownAction(
        f"{prefix(number)}action-{action.name}", action.name, action.description, checked
    )


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
