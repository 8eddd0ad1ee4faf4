"""*Permissions defined in this policy*: services, access levels, resources and conditions; pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from console.pages.iam.policy_editor.blocks.arns import kind_of
from console.pages.iam.policy_editor.blocks.block import (
    ACCESS_LEVELS,
    ALL_SERVICES,
    Block,
    BlockCondition,
    catalogue_of,
    service_name,
)
from console.pages.iam.policy_editor.blocks.document_reader import CannotShowError, from_document
from iam.catalogue import Action, services
from iam.policy_documents import pattern_matches

EFFECTS = (("Explicit deny", "Deny"), ("Allow", "Allow"))


@dataclass(frozen=True)
class SummaryRow:
    """A service of the summary."""

    service: str
    access_level: str
    resource: str
    condition: str


@dataclass(frozen=True)
class SummaryPart:
    """The services with one effect: *Allow (1 of 445 services)*."""

    effect: str
    rows: Sequence[SummaryRow]
    of: int

    @property
    def remaining(self) -> int:
        return max(self.of - len(self.rows), 0)


def summarize(text: str) -> list[SummaryPart] | None:
    """Summarize a policy; None if it cannot be summarized."""
    try:
        blocks = from_document(text)
    except (ValueError, CannotShowError):
        return None
    total = len(services())
    parts = []
    for title, effect in EFFECTS:
        rows = _rows([b for b in blocks if b.effect == effect and b.has_actions])
        if rows:
            parts.append(SummaryPart(title, rows, total))
    return parts or None


def _rows(blocks: Sequence[Block]) -> list[SummaryRow]:
    by_service: dict[str, list[Block]] = {}
    for block in blocks:
        by_service.setdefault(block.service, []).append(block)
    return [
        SummaryRow(
            service=service_name(prefix),
            access_level=access_level(found),
            resource=_one_or_multiple(text for block in found for text in _resources(block)),
            condition=_one_or_multiple(
                (text for block in found for text in _conditions(block)), none="None"
            ),
        )
        for prefix, found in sorted(by_service.items(), key=lambda item: service_name(item[0]))
    ]


def access_level(blocks: Sequence[Block]) -> str:
    """Return what the blocks of one service grant: `Full access`, `Full: Read, Limited: Write`."""
    if any(block.all_actions for block in blocks) or blocks[0].service == ALL_SERVICES:
        return "Full access"
    found = catalogue_of(blocks[0])
    if found is None:
        return "Limited"
    matched = [a for a in (*found.actions, *found.later_actions) if _granted(a, blocks)]
    full, limited = [], []
    for level in ACCESS_LEVELS:
        have = {a.name for a in matched if a.access_level == level}
        known = {a.name for a in found.actions if a.access_level == level}
        if have and known and known <= have:
            full.append(level)
        elif have:
            limited.append(level)
    if full and not limited and len(full) == len({a.access_level for a in found.actions}):
        return "Full access"
    parts = [
        f"{word}: {', '.join(names)}"
        for word, names in (("Full", full), ("Limited", limited))
        if names
    ]
    return ", ".join(parts) or "None"


def _granted(action: Action, blocks: Sequence[Block]) -> bool:
    for block in blocks:
        patterns = (manual.partition(":")[2].lower() for manual in block.manual)
        if action.name in block.actions:
            return True
        if any(pattern_matches(pattern, action.name.lower()) for pattern in patterns):
            return True
    return False


def _resources(block: Block) -> Iterable[str]:
    if block.any_resource:
        return ["All resources"]
    return [_resource(block, arn) for arn in block.arns] or ["None"]


def _resource(block: Block, arn: str) -> str:
    found = catalogue_of(block)
    kind = kind_of(arn, found.resource_types) if found else None
    if kind is None:
        return arn
    blank = kind.arn.rpartition("${")[2].partition("}")[0]
    start = kind.arn[: kind.arn.rfind("${")].count(":")
    last = arn.split(":", start)[-1] if start else arn
    fixed = kind.arn[: kind.arn.rfind("${")].rpartition(":")[2]
    return f"{blank}| string like |{last.removeprefix(fixed)}"


def _conditions(block: Block) -> list[str]:
    return [_condition(condition) for condition in block.conditions] or ["None"]


def _condition(condition: BlockCondition) -> str:
    return f"{condition.key}| {condition.operator} |{', '.join(condition.values)}"


def _one_or_multiple(texts: Iterable[str], none: str = "") -> str:
    found = list(dict.fromkeys(texts))
    return found[0] if len(found) == 1 else "Multiple" if found else none
