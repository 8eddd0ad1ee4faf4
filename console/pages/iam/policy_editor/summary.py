"""*Permissions defined in this policy*: services, access levels, resources and conditions; pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from console.pages.iam.policy_editor.blocks.arns import kind_of
from console.pages.iam.policy_editor.blocks.block import (
    ACCESS_LEVELS,
    Block,
    BlockCondition,
    catalogue_of,
    service_name,
)
from console.pages.iam.policy_editor.blocks.document_reader import (
    CannotShowError,
    statement_blocks,
    statements_of,
)
from iam.catalogue import Action, Service, services
from iam.policy_documents import as_list, pattern_matches

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
        statements = [_spelled_out(one) for one in statements_of(text)]
        blocks = [block for one in statements for block in statement_blocks(one)]
    except (ValueError, CannotShowError):
        return None
    total = len(services())
    parts = []
    for title, effect in EFFECTS:
        rows = _rows([b for b in blocks if b.effect == effect and b.has_actions])
        if rows:
            parts.append(SummaryPart(title, rows, total))
    return parts or None


def _spelled_out(statement: object) -> object:
    """Return a statement that names its services: without NotAction, and without wide services.

    AWS summarizes every policy but those with Principal, NotPrincipal or NotResource.
    """
    if not isinstance(statement, dict):
        return statement
    if "NotAction" in statement:
        excluded = _patterns(statement["NotAction"])
        rest = {key: value for key, value in statement.items() if key != "NotAction"}
        return {**rest, "Action": [name for one in services() for name in _left(one, excluded)]}
    actions = as_list(statement.get("Action", []))
    wide = [one for one in actions if isinstance(one, str) and _is_wide(one)]
    if not wide:
        return statement
    kept = [one for one in actions if one not in wide]
    return {**statement, "Action": [*kept, *(name for one in wide for name in _narrow(one))]}


def _patterns(element: object) -> list[str]:
    return [one.lower() for one in as_list(element) if isinstance(one, str)]


def _left(service: Service, excluded: Sequence[str]) -> list[str]:
    """Return what NotAction leaves of a service: all of it, some actions, or none."""
    own = [one for one in excluded if pattern_matches(one.partition(":")[0], service.prefix)]
    if not own and "*" not in excluded:
        return [f"{service.prefix}:*"]
    names = (f"{service.prefix}:{action.name}" for action in service.actions)
    return [n for n in names if not any(pattern_matches(one, n.lower()) for one in excluded)]


def _is_wide(action: str) -> bool:
    prefix, colon, _ = action.partition(":")
    return bool(colon) and ("*" in prefix or "?" in prefix)


def _narrow(action: str) -> list[str]:
    """Return an action of a service with wildcards as those of the services that have some."""
    prefix, _, name = action.lower().partition(":")
    return [
        f"{one.prefix}:{name}"
        for one in services()
        if pattern_matches(prefix, one.prefix)
        and any(pattern_matches(name, each.name.lower()) for each in one.actions)
    ]


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
    if any(block.all_actions for block in blocks):
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
