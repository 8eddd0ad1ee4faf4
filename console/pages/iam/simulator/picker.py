"""The picker of a service's actions: ticked actions are added to the typed ones."""

from collections.abc import Collection
from dataclasses import dataclass

from iam import catalogue


@dataclass(frozen=True)
class PickedLevel:
    """The actions of one access level; `ticked` are among those typed already."""

    name: str
    actions: tuple[tuple[str, bool], ...]


@dataclass(frozen=True)
class Picker:
    """The chosen service, with its actions by access level."""

    prefix: str
    title: str
    levels: tuple[PickedLevel, ...]


def service_choices() -> list[tuple[str, str]]:
    named = [(one.prefix, f"{one.name} ({one.prefix})") for one in catalogue.services()]
    return [("", "Choose a service"), *named]


def picker_of(prefix: str, typed: Collection[str]) -> Picker | None:
    """Return the picker of a service; None if there is no such service."""
    service = catalogue.service(prefix) if prefix else None
    if service is None:
        return None
    have = {action.lower() for action in typed}
    levels = []
    for name in catalogue.ACCESS_LEVELS:
        actions = [f"{service.prefix}:{one.name}" for one in service.with_access_level(name)]
        if actions:
            marked = tuple((action, action.lower() in have) for action in actions)
            levels.append(PickedLevel(name, marked))
    return Picker(service.prefix, service.name, tuple(levels))
