"""What of the visual editor is open: what is closed sends its values alone."""

from dataclasses import dataclass

from django.http import QueryDict

from console.pages.iam.policy_editor.pressed_button import NOTHING, PressedButton

_OPEN_AT_FIRST = 5


@dataclass(frozen=True)
class Openness:
    """Which blocks, access levels and other sections are open, and which levels are whole.

    JavaScript sends the sections that it `shown` and those that are `open`; without it, a block
    that is `unfolded` and a level that is `whole` stay so.
    """

    shown: frozenset[str] = frozenset()
    open: frozenset[str] = frozenset()
    unfolded: frozenset[str] = frozenset()
    whole: frozenset[str] = frozenset()
    pressed: PressedButton = NOTHING

    def of(self, name: str, default: bool) -> bool:
        """Return whether a section is open; one that was not shown before begins as `default`."""
        return name in self.open if name in self.shown else default

    def of_block(self, number: int, position: int) -> bool:
        """Return whether a block is unfolded; of many, the first few are."""
        if self.pressed.number == number:
            return True
        known = str(number) in self.unfolded if self.unfolded else position < _OPEN_AT_FIRST
        return self.of(f"b{number}-body", known)

    def of_kinds(self, number: int) -> bool:
        """Return whether all resource types of a block are listed."""
        pressed = (self.pressed.verb, self.pressed.number) == ("kinds", number)
        return pressed or f"b{number}-limits" in self.whole

    def of_level(self, number: int, level: str, level_id: str, *, default: bool) -> "LevelOpenness":
        if self.pressed.number == number:
            if self.pressed.verb in {"expand", "collapse"}:
                return LevelOpenness(*[self.pressed.verb == "expand"] * 2)
            if (self.pressed.verb, self.pressed.value) == ("level", level):
                return LevelOpenness(open=True, whole=True)
        whole = level_id in self.whole
        is_open = self.of(level_id, whole or default)
        return LevelOpenness(is_open, whole and is_open)


@dataclass(frozen=True)
class LevelOpenness:
    """Whether an access level is open, and whether all of its actions are listed."""

    open: bool
    whole: bool


def openness(posted: QueryDict, pressed: PressedButton) -> Openness:
    shown, opened, unfolded, whole = (
        frozenset(posted.getlist(name)) for name in ("shown", "open", "unfolded", "whole")
    )
    return Openness(shown, opened, unfolded, whole, pressed)
