"""The patterns of the service models, matched as Java matches them."""

from functools import lru_cache
from re import Match

import regex

_ASCII_CLASSES = {"w": "a-zA-Z0-9_", "d": "0-9", "s": r" \t\n\x0b\f\r"}
_PIECES = regex.compile(
    r"\\u(?P<high>[dD][89abAB]\p{Hex}{2})\\u(?P<low>[dD][c-fC-F]\p{Hex}{2})"
    r"|\\(?P<letter>[wds])|(?P<other>\\.|[\[\]])|[^\\\[\]]+",
    regex.DOTALL,
)


def matches(pattern: str, value: str) -> bool:
    """Return whether the whole of `value` matches, as Java's `String.matches` does."""
    return _compiled(pattern).fullmatch(value) is not None


@lru_cache(maxsize=1024)
def _compiled(pattern: str) -> regex.Pattern[str]:
    """`\\w`, `\\d`, `\\s` are ASCII in Java while `\\p{L}` is not: Python has no flag for that."""
    inside = False
    translated = []
    for piece in _PIECES.finditer(pattern):
        if piece["other"] in ("[", "]"):
            inside = piece["other"] == "["
        translated.append(_translated(piece, inside=inside))
    return regex.compile("".join(translated))


def _translated(piece: Match[str], *, inside: bool) -> str:
    if piece["high"]:
        return chr(
            0x10000 + ((int(piece["high"], 16) - 0xD800) << 10) + int(piece["low"], 16) - 0xDC00
        )
    if piece["letter"]:
        members = _ASCII_CLASSES[piece["letter"]]
        return members if inside else f"[{members}]"
    return piece[0]
