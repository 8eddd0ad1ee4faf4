"""Visual blocks laid out for their templates."""

from console.pages.iam.policy_editor.blocks.arns import any_in_account, has_account, kind_of
from console.pages.iam.policy_editor.blocks.block import (
    Block,
    BlockCondition,
    catalogue_of,
    resource_types,
    ticked,
)
from console.pages.iam.policy_editor.blocks.form_fields import condition_field, prefix
from console.pages.iam.policy_editor.visual.action_levels import (
    ActionChoice,
    shown_levels,
    words_of,
)
from console.pages.iam.policy_editor.visual.openness import Openness
from console.pages.iam.policy_editor.visual.view_models import (
    ShownBlock,
    ShownCondition,
    ShownKind,
    ShownLevels,
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
        choice=_levels(number, block, openness, words_of(words)),
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
    return ShownBlock(number, block, None, (), 0, (), (), {"body": False})


def _sections(block: Block) -> dict[str, bool]:
    """Return the sections of a card, and whether each begins open."""
    return {
        "allowed": True,
        "manual": False,
        "limits": True,
        "when": bool(block.conditions),
        "condition": False,
    }


def _levels(number: int, block: Block, opened: Openness, words: list[str]) -> ShownLevels:
    found = catalogue_of(block)
    return shown_levels(
        ActionChoice(
            service=block.service,
            actions=found.actions if found else (),
            picked=frozenset(block.actions),
            start=prefix(number),
            load=f"level:{number}:",
            filter=f"filter:{number}",
            words=words,
            number=number,
            all_actions=block.all_actions,
        ),
        opened,
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
