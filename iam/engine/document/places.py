"""The places of values and keys in a JSON text.

The standard library's parser reads the text; it is scanned again here only when something is to
be marked. json-source-map was tried: it recurses and forgets duplicate keys.
"""

import json
import re
from bisect import bisect_right
from dataclasses import dataclass, field

Path = tuple[str | int, ...]

DEEPEST = 8
"""Levels whose places are kept: no element of a policy lies deeper."""
# White space is between the tokens, not in one: at the end of a text it would be read again from
# each of its characters.
_TOKEN = re.compile(r'("[^"\\]*(?:\\.[^"\\]*)*")|([{}\[\]:,])|([^ \t\r\n{}\[\]:,"]+)', re.DOTALL)


@dataclass
class Places:
    """The offset of every value and of every object's key, by path."""

    values: dict[Path, int] = field(default_factory=dict)
    keys: dict[Path, int] = field(default_factory=dict)
    duplicates: list[int] = field(default_factory=list)
    strings: list[tuple[str, int]] = field(default_factory=list)

    def of(self, path: Path, *, key: bool = False) -> int:
        """The offset of a value (or of its key), or of the nearest thing around it."""
        wanted = self.keys if key else self.values
        while path and path not in wanted:
            path = path[:-1]
        return wanted.get(path, self.values.get(path, 0))


@dataclass
class _Container:
    path: Path
    is_object: bool
    key: str | int = ""
    awaits_key: bool = True
    seen: set[str] = field(default_factory=set)

    @property
    def child(self) -> Path:
        return (*self.path, self.key) if len(self.path) < DEEPEST else self.path


def scan(text: str) -> Places:
    """Find the places of a text that is valid JSON."""
    places = Places()
    stack: list[_Container] = []
    for token in _TOKEN.finditer(text):
        string, mark, _ = token.groups()
        at = token.start(token.lastindex or 0)
        if string is not None:
            decoded = json.loads(string, strict=False)
            places.strings.append((decoded, at))
            if stack and stack[-1].is_object and stack[-1].awaits_key:
                _take_key(stack[-1], decoded, at, places)
                continue
        if mark in {"}", "]"}:
            stack.pop()
        elif mark in {":", ","}:
            _separate(stack[-1], mark)
        else:
            path = stack[-1].child if stack else ()
            places.values.setdefault(path, at)
            if mark:
                stack.append(_Container(path, mark == "{", "" if mark == "{" else 0))
    return places


def line_and_column(text: str, offset: int) -> tuple[int, int]:
    """Turn an offset into a line and a column, both from 1."""
    line = text.count("\n", 0, offset) + 1
    return line, offset - text.rfind("\n", 0, offset)


class LineIndex:
    """The lines of a text, for many offsets in it."""

    def __init__(self, text: str) -> None:
        self._starts = [0, *(found.end() for found in re.finditer("\n", text))]

    def of(self, offset: int) -> tuple[int, int]:
        """Turn an offset into a line and a column, both from 1."""
        line = bisect_right(self._starts, offset)
        return line, offset - self._starts[line - 1] + 1


def _take_key(container: _Container, key: str, at: int, places: Places) -> None:
    if key in container.seen:
        places.duplicates.append(at)
    container.seen.add(key)
    container.key = key
    container.awaits_key = False
    places.keys.setdefault(container.child, at)


def _separate(container: _Container, mark: str) -> None:
    if mark == ":":
        return
    container.awaits_key = True
    if isinstance(container.key, int):
        container.key += 1
