"""The display colors of switched roles: AWS's five, and none."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Color:
    """A display color: our name of it, the console's label, AWS's hex digits."""

    name: str
    label: str
    hex: str


COLORS = (
    Color("", "None", ""),
    Color("red", "Red", "f2b0a9"),
    Color("orange", "Orange", "fbc8aa"),
    Color("yellow", "Yellow", "efda95"),
    Color("green", "Green", "b7ca9d"),
    Color("blue", "Blue", "83d4e8"),
)
_BY_WORD = {word: color.name for color in COLORS for word in (color.name, color.hex) if word}


def color_named(word: str) -> str:
    """Return the color in a link, by name or hex digits; empty for any other."""
    return _BY_WORD.get(word.strip().lstrip("#").lower(), "")
