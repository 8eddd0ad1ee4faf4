"""Text copied from a page: line numbers, typographic quotes and odd spaces that copying adds."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass

LINE_NUMBERS = "line numbers"
QUOTES = "typographic quotes"
SPACES = "non-breaking spaces"

_NUMBERED = re.compile(r"([ \t]*)(\d{1,5})([ \t]*[|.):](?=\s|$)|)(?=[^\d]|$)", re.ASCII)
_ODD_SPACES = dict.fromkeys(map(ord, "\u00a0\u2007\u202f\u2003\u200b\u2060\ufeff"), " ")
_DOUBLE = "\u201c\u201d\u201e\u201f\u00ab\u00bb\u2033"
_SINGLE = "\u2018\u2019\u201a\u201b"
_APOSTROPHE = re.compile(rf"(?<=\w)[{_SINGLE}](?=\w)")
_TYPOGRAPHIC = re.compile(f"[{_DOUBLE}{_SINGLE}]")
# A string; what begins as one and does not end in its line (nor do any after it); another quote.
_OUTSIDE_STRINGS = re.compile(rf'("[^"\\\n]*(?:\\.[^"\\\n]*)*")|("[^\n]*)|[{_DOUBLE}{_SINGLE}]')


@dataclass(frozen=True, slots=True)
class TypedText:
    """A text as it was before it was copied: same length, same lines, same columns."""

    text: str
    found: tuple[str, ...]
    margins: tuple[int, ...]
    """For each line, the characters its number takes."""

    @property
    def error(self) -> int | None:
        """The offset at which it stops being JSON; None if it is JSON."""
        return syntax_error(self.text)


def as_typed(text: str) -> TypedText | None:
    """Blank out what copying added, keeping every place; None where nothing was added."""
    best: TypedText | None = None
    furthest = -1
    for candidate in _candidates(text):
        error = candidate.error
        if error is None:
            return candidate
        if error > furthest:
            best, furthest = candidate, error
    return best


def syntax_error(text: str) -> int | None:
    """The offset at which a text stops being JSON; None if it is JSON."""
    try:
        json.loads(text, parse_int=str)
    except json.JSONDecodeError as error:
        return error.pos
    except (ValueError, RecursionError):
        return 0
    return None


def _candidates(text: str) -> Iterator[TypedText]:
    found: list[str] = []
    plain = text.translate(_ODD_SPACES)
    if plain != text:
        found.append(SPACES)
    margins = _margins(plain)
    if any(margins):
        found.insert(0, LINE_NUMBERS)
        plain = _blanked(plain, margins)
    if _TYPOGRAPHIC.search(plain):
        straight = _APOSTROPHE.sub("'", plain)
        outside = _OUTSIDE_STRINGS.sub(_straightened, straight)
        everywhere = _TYPOGRAPHIC.sub('"', straight)
        for candidate in dict.fromkeys((outside, everywhere)):
            if candidate != plain:
                yield TypedText(candidate, (*found, QUOTES), margins)
    if found:
        yield TypedText(plain, tuple(found), margins)


def _straightened(found: re.Match[str]) -> str:
    return found[1] or _TYPOGRAPHIC.sub('"', found[2] or '"')


def _margins(text: str) -> tuple[int, ...]:
    """The width of each line's number, if every line that is not empty has the next number."""
    widths: list[int] = []
    expected: int | None = None
    for line in text.split("\n"):
        if not line.strip():
            widths.append(0)
            continue
        match = _NUMBERED.match(line)
        if match is None or (expected is not None and int(match[2]) != expected):
            return ()
        expected = int(match[2]) + 1
        widths.append(match.end())
    several = sum(1 for width in widths if width) > 1
    return tuple(widths) if several else ()


def _blanked(text: str, margins: tuple[int, ...]) -> str:
    lines = text.split("\n")
    return "\n".join(" " * w + line[w:] for w, line in zip(margins, lines, strict=True))
