"""The actions of a service by access level: a closed level sends those that are picked alone."""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from console.pages.iam.policy_editor.blocks.block import ACCESS_LEVELS
from console.pages.iam.policy_editor.visual.openness import Openness
from console.pages.iam.policy_editor.visual.view_models import (
    ShownAction,
    ShownLevel,
    ShownLevels,
)
from iam.catalogue import Action

_SMALL = 20


@dataclass(frozen=True)
class ActionChoice:
    """The actions that can be picked: of a block, by its number, or of *Edit statement*.

    `start` begins the names of its fields, `load` the values of the buttons that open levels;
    `filter` is the value of its filter's button, with the `words` typed there. `open_at_first`
    are the levels that begin open; None: those with a picked action.
    """

    service: str
    actions: Sequence[Action]
    picked: frozenset[str]
    start: str
    load: str
    filter: str
    words: Sequence[str]
    number: int = 0
    all_actions: bool = False
    open_at_first: Collection[str] | None = None


def words_of(text: str) -> list[str]:
    return [word for word in re.split(r"[\s-]+", text.lower()) if word]


def shown_levels(choice: ActionChoice, opened: Openness) -> ShownLevels:
    groups: dict[str, list[str]] = {level: [] for level in ACCESS_LEVELS}
    for action in choice.actions:
        groups.setdefault(action.access_level, []).append(action.name)
    some = ((level, names) for level, names in groups.items() if names)
    return ShownLevels(
        choice.service, choice.filter, [_level(choice, opened, *one) for one in some]
    )


def _level(choice: ActionChoice, opened: Openness, name: str, actions: list[str]) -> ShownLevel:
    picked = [action for action in actions if action in choice.picked]
    level_id = f"{choice.start}level-{name.split(maxsplit=1)[0].lower()}"
    some = bool(picked) and not choice.all_actions
    begins_open = some if choice.open_at_first is None else name in choice.open_at_first
    before = opened.of_level(choice.number, name, level_id, default=begins_open)
    if choice.words:
        listed = [each for each in actions if all(word in each.lower() for word in choice.words)]
    elif before.whole or len(choice.actions) <= _SMALL:
        listed = actions
    else:
        listed = picked if before.open and some else []
    return ShownLevel(
        id=level_id,
        name=name,
        load=f"{choice.load}{name}",
        total=len(actions),
        selected=len(actions) if choice.all_actions else len(picked),
        picked=picked,
        listed=[ShownAction(each, choice.all_actions or each in choice.picked) for each in listed],
        open=bool(listed) if choice.words else before.open,
        whole=before.whole,
        all_actions=choice.all_actions,
        filtered=bool(choice.words),
        was_open=before.open,
    )
