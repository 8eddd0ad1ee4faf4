"""Services with their actions, resource types and condition keys, each read on first use."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Any

from iam.catalogue.editions import read_json

ACCESS_LEVELS = ("List", "Read", "Write", "Permissions management", "Tagging")
GRANTS = "Grants permission to "  # how AWS begins each description: not kept in the files


@dataclass(frozen=True, slots=True)
class Action:
    """An action as a policy names it; no `resource_types` means that it takes only `*`."""

    name: str
    access_level: str
    description: str
    resource_types: tuple[str, ...] = ()
    condition_keys: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ResourceType:
    """A kind of resource; `arn` has places to fill in, such as `${Account}`."""

    name: str
    arn: str
    condition_keys: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ConditionKey:
    """A condition key; `type` is `String`, `ARN`, `Bool`, `Date`, `Numeric`, `ArrayOfString`…"""

    name: str
    type: str
    description: str = ""


@dataclass(frozen=True)
class Service:
    """A service as the pickers list it; what it holds is read from its file when first asked."""

    prefix: str
    name: str
    title: str

    @cached_property
    def actions(self) -> tuple[Action, ...]:
        return tuple(_action(row) for row in self._rows["actions"])

    @cached_property
    def later_actions(self) -> tuple[Action, ...]:
        """Those AWS added after the course's edition: valid in JSON, not in the pickers."""
        return tuple(_action(row) for row in self._rows["later_actions"])

    @cached_property
    def resource_types(self) -> tuple[ResourceType, ...]:
        rows = self._rows["resource_types"]
        return tuple(ResourceType(name, arn, _interned(keys)) for name, arn, keys in rows)

    @cached_property
    def condition_keys(self) -> tuple[ConditionKey, ...]:
        """The service's own and those of the global ones that its actions list."""
        return tuple(ConditionKey(*row) for row in self._rows["condition_keys"])

    def action(self, name: str) -> Action | None:
        """An action, later ones included, by its name in any case."""
        return self._actions_by_name.get(name.lower())

    def resource_type(self, name: str) -> ResourceType | None:
        return next((kind for kind in self.resource_types if kind.name == name), None)

    def with_access_level(self, access_level: str) -> tuple[Action, ...]:
        return tuple(action for action in self.actions if action.access_level == access_level)

    @cached_property
    def _actions_by_name(self) -> dict[str, Action]:
        return {action.name.lower(): action for action in self.actions + self.later_actions}

    @property
    def _rows(self) -> dict[str, list[Any]]:
        return _file(self.prefix)


def services() -> tuple[Service, ...]:
    return tuple(_index().values())


def service(prefix: str) -> Service | None:
    """The service of an action's prefix, in any case: `sts`."""
    return _by_prefix().get(prefix.lower())


def action(name: str) -> Action | None:
    """The action of a name with its prefix, in any case: `sts:AssumeRole`."""
    prefix, _, bare = name.partition(":")
    found = service(prefix)
    return found.action(bare) if found else None


def condition_keys(prefix: str) -> tuple[ConditionKey, ...]:
    found = service(prefix)
    return found.condition_keys if found else ()


@lru_cache(maxsize=1)
def global_condition_keys() -> tuple[ConditionKey, ...]:
    """The keys that begin `aws:` and go with any action."""
    return tuple(ConditionKey(*row) for row in read_json("global_condition_keys.json"))


@lru_cache(maxsize=1)
def _index() -> dict[str, Service]:
    return {row[0]: Service(*row) for row in read_json("services.json")}


@lru_cache(maxsize=1)
def _by_prefix() -> dict[str, Service]:
    return {prefix.lower(): found for prefix, found in _index().items()}


@lru_cache(maxsize=2)
def _file(prefix: str) -> dict[str, list[Any]]:
    """Kept for the few properties that are asked for one after the other, not for good."""
    rows: dict[str, list[Any]] = read_json(f"services/{prefix}.json")
    return rows


def _action(row: list[Any]) -> Action:
    name, access_level, description, resource_types, keys = row
    text = description[1:] if description.startswith("=") else GRANTS + description
    return Action(name, sys.intern(access_level), text, _interned(resource_types), _interned(keys))


def _interned(names: list[str]) -> tuple[str, ...]:
    return tuple(sys.intern(name) for name in names)
