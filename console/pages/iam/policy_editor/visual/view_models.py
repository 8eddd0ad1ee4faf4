"""The view models of a visual block: labels, counts, ticks, warnings."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from django.urls import reverse

from console.pages.iam.policy_editor.blocks.block import (
    ALL_SERVICES,
    Block,
    all_pattern,
    service_name,
    ticked,
)
from console.pages.iam.policy_editor.blocks.form_fields import folded_field, prefix


@dataclass(frozen=True)
class ShownAction:
    """One check box."""

    name: str
    checked: bool


@dataclass(frozen=True)
class ShownLevel:
    """The actions of one access level; picked ones that are not listed are sent all the same.

    `filtered` is whether a filter chose what is listed, and `was_open` whether it was open before;
    `load` is the value of the button that lists all.
    """

    id: str
    name: str
    load: str
    total: int
    selected: int
    picked: Sequence[str]
    listed: Sequence[ShownAction]
    open: bool
    whole: bool
    all_actions: bool
    filtered: bool
    was_open: bool

    @property
    def counted(self) -> str:
        """Return the count in brackets: `5`, or `Selected 1/6`."""
        return f"Selected {self.selected}/{self.total}" if self.selected else str(self.total)

    @property
    def full(self) -> bool:
        return self.selected == self.total

    @property
    def all_label(self) -> str:
        return f"All {self.name.lower()} actions"

    @property
    def folded(self) -> str:
        """Return the field with the picked actions that no box can send."""
        boxes = set() if self.all_actions else {action.name for action in self.listed}
        return " ".join(name for name in self.picked if name not in boxes)

    @property
    def more(self) -> int:
        """Return the number of actions that opening the level brings; 0 where none is missing."""
        return self.total if not self.filtered and len(self.listed) < self.total else 0


@dataclass(frozen=True)
class ShownLevels:
    """The actions of a service by access level; `filter` is the value of the filter's button."""

    service: str
    filter: str
    levels: Sequence[ShownLevel]

    @property
    def matches(self) -> int:
        """Return how many actions the filter finds."""
        return sum(len(level.listed) for level in self.levels if level.filtered)

    @cached_property
    def help_base(self) -> str:
        return reverse("action_help", args=[self.service, "-"])[:-1]


@dataclass(frozen=True)
class ShownKind:
    """A resource type with its ARNs; `missing` is the sentence that asks for one."""

    name: str
    arns: Sequence[str]
    any_arn: str
    any_label: str
    missing: str

    @property
    def is_any(self) -> bool:
        return self.any_arn in self.arns

    @property
    def listed(self) -> list[str]:
        return [arn for arn in self.arns if arn != self.any_arn]


@dataclass(frozen=True)
class ShownCondition:
    """A condition in words, with the value of the button that removes it."""

    operator: str
    key: str
    values: str
    field: str


@dataclass(frozen=True)
class ShownBlock:
    """One service's card."""

    number: int
    block: Block
    choice: ShownLevels | None
    kinds: Sequence[ShownKind]
    more_kinds: int
    other_arns: Sequence[str]
    conditions: Sequence[ShownCondition]
    open: Mapping[str, bool]

    @property
    def prefix(self) -> str:
        return prefix(self.number)

    @property
    def name(self) -> str:
        return service_name(self.block.service)

    @property
    def is_all_services(self) -> bool:
        return self.block.service == ALL_SERVICES

    @property
    def all_pattern(self) -> str:
        return all_pattern(self.block.service)

    @property
    def verb(self) -> str:
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
        """Return whether specific resources could limit some of the actions that are allowed."""
        block = self.block
        if block.effect == "Deny":
            return False
        some = any(action.resource_types for action in ticked(block))
        return block.all_actions or bool(block.manual) or some

    @property
    def folded_arns(self) -> str:
        """Return the field with the ARNs, which wait while all resources are chosen."""
        return folded_field({"arn": self.block.arns}) if self.block.arns else ""

    @property
    def warning_id(self) -> str:
        return f"{self.prefix}all-warning"

    @property
    def wildcard_topic(self) -> str:
        """Return the help topic on *All*; STS has a topic of its own."""
        return "star-in-sts-policy" if self.block.service == "sts" else "over-permissive-wildcard"

    @property
    def needs_other(self) -> bool:
        """Return whether ARNs are typed whole: the catalogue has no types for the actions."""
        return not (self.kinds or self.more_kinds) and (
            self.block.all_actions or bool(self.block.manual)
        )

    @property
    def mfa(self) -> bool:
        return any(condition.is_mfa for condition in self.block.conditions)

    @property
    def source_ip(self) -> bool:
        return any(condition.is_source_ip for condition in self.block.conditions)

    @property
    def addresses(self) -> str:
        found = (c.values for c in self.block.conditions if c.is_source_ip)
        return ", ".join(next(found, ()))

    @property
    def unlimited(self) -> list[str]:
        """Return the ticked actions that no resource can limit."""
        if self.block.any_resource or self.block.all_actions:
            return []
        return [a.name for a in ticked(self.block) if not a.resource_types]
