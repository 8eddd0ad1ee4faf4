"""Visual blocks as their templates show them: labels, counts, ticks, warnings."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.urls import reverse

from console.pages.iam.policy_editor.arns import any_in_account, has_account, kind_of
from console.pages.iam.policy_editor.blocks import (
    ACCESS_LEVELS,
    ALL_SERVICES,
    Block,
    Condition,
    all_pattern,
    catalogue_of,
    resource_types,
    service_name,
    ticked,
)
from console.pages.iam.policy_editor.fields import condition_field, prefix
from iam.catalogue import Action, ResourceType


@dataclass(frozen=True)
class Openness:
    """Which sections the reader has opened: those on show before, those open, and an override."""

    shown: frozenset[str] = frozenset()
    open: frozenset[str] = frozenset()
    levels: bool | None = None

    def of(self, name: str, default: bool) -> bool:
        """Tell whether a section is open; one that was not on show yet begins as `default`."""
        return name in self.open if name in self.shown else default

    def of_level(self, name: str, default: bool) -> bool:
        """Tell it of an access level, which *Expand all* and *Collapse all* override."""
        return self.of(name, default) if self.levels is None else self.levels


@dataclass(frozen=True)
class ShownAction:
    """One check box."""

    id: str
    name: str
    description: str
    checked: bool


@dataclass(frozen=True)
class ShownLevel:
    """A group of actions of one access level."""

    id: str
    name: str
    actions: Sequence[ShownAction]
    open: bool

    @property
    def total(self) -> int:
        """Return how many actions it has."""
        return len(self.actions)

    @property
    def selected(self) -> int:
        """Return how many of them are ticked."""
        return sum(action.checked for action in self.actions)

    @property
    def counted(self) -> str:
        """Return what stands in brackets: `5`, or `Selected 1/6`."""
        return f"Selected {self.selected}/{self.total}" if self.selected else str(self.total)

    @property
    def full(self) -> bool:
        """Tell whether all are ticked."""
        return self.selected == self.total

    @property
    def all_label(self) -> str:
        """Return the words beside the box that ticks them all."""
        return f"All {self.name.lower()} actions"


@dataclass(frozen=True)
class ShownKind:
    """A resource type with its ARNs; `missing` asks for one where there is none."""

    name: str
    arns: Sequence[str]
    any_arn: str
    any_label: str
    missing: str

    @property
    def is_any(self) -> bool:
        """Tell whether *Any in this account* is ticked."""
        return self.any_arn in self.arns

    @property
    def listed(self) -> list[str]:
        """Return the ARNs beside that of the box."""
        return [arn for arn in self.arns if arn != self.any_arn]


@dataclass(frozen=True)
class ShownCondition:
    """A condition in words, with the value that removes it."""

    operator: str
    key: str
    values: str
    field: str


@dataclass(frozen=True)
class ShownBlock:
    """One service's card."""

    number: int
    block: Block
    levels: Sequence[ShownLevel]
    kinds: Sequence[ShownKind]
    other_arns: Sequence[str]
    conditions: Sequence[ShownCondition]
    open: Mapping[str, bool]

    @property
    def prefix(self) -> str:
        """Return what the names of its fields begin with."""
        return prefix(self.number)

    @property
    def name(self) -> str:
        """Return the service's name."""
        return service_name(self.block.service)

    @property
    def is_all_services(self) -> bool:
        """Tell whether the block is for every service at once."""
        return self.block.service == ALL_SERVICES

    @property
    def all_pattern(self) -> str:
        """Return the action that stands for all: `sts:*`."""
        return all_pattern(self.block.service)

    @property
    def verb(self) -> str:
        """Return what the effect does to the actions, in a sentence."""
        return "denied" if self.block.effect == "Deny" else "allowed"

    @property
    def count(self) -> str:
        """Return the note beside the name: `Allow 1 action`."""
        if self.block.all_actions:
            return f"{self.block.effect} all actions"
        number = len(self.block.actions) + len(self.block.manual)
        return f"{self.block.effect} {number} action{'' if number == 1 else 's'}"

    @property
    def limitable(self) -> bool:
        """Tell whether *All* would stand for actions that specific resources could limit."""
        block = self.block
        some = any(action.resource_types for action in ticked(block))
        return block.all_actions or bool(block.manual) or some

    @property
    def warning_id(self) -> str:
        """Return the id of the warning beside *All*."""
        return f"{self.prefix}all-warning"

    @property
    def needs_other(self) -> bool:
        """Tell whether ARNs are typed whole, since the catalogue has no kinds for the actions."""
        return not self.kinds and (self.block.all_actions or bool(self.block.manual))

    @property
    def help_base(self) -> str:
        """Return where the help of an action is, without its name."""
        return reverse("action_help", args=[self.block.service, "-"])[:-1]

    @property
    def mfa(self) -> bool:
        """Tell whether *User is MFA authenticated* is ticked."""
        return any(condition.is_mfa for condition in self.block.conditions)

    @property
    def source_ip(self) -> bool:
        """Tell whether *Source IP* is ticked."""
        return any(condition.is_source_ip for condition in self.block.conditions)

    @property
    def addresses(self) -> str:
        """Return the addresses of *Source IP* as they are typed."""
        found = (c.values for c in self.block.conditions if c.is_source_ip)
        return ", ".join(next(found, ()))

    @property
    def unlimited(self) -> list[str]:
        """Return the ticked actions that no resource can limit."""
        if self.block.any_resource or self.block.all_actions:
            return []
        return [a.name for a in ticked(self.block) if not a.resource_types]


def shown_block(
    number: int, block: Block, account_id: str, openness: Openness | None = None
) -> ShownBlock:
    """Lay out a block; the account is the viewer's, for *Any in this account*."""
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
    """Ask for an ARN: *Specify role resource ARN for the AssumeRole action.*"""
    names = [a.name for a in ticked(block) if kind.name in a.resource_types]
    if block.all_actions or not names:
        return ""
    rest = len(names) - 1
    more = f" and {rest} more actions" if rest > 1 else " and 1 more action" if rest else " action"
    return f"Specify {kind.name} resource ARN for the {names[0]}{more}."


def _condition(condition: Condition) -> ShownCondition:
    values = ", ".join(condition.values)
    return ShownCondition(condition.operator, condition.key, values, condition_field(condition))
