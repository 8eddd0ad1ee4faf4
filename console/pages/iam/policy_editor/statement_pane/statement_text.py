"""Adding, removing and replacing one statement in the text of a document."""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

_DECODER = json.JSONDecoder()
_SPACE = re.compile(r"[ \t\r\n]*")
_INDENTED = re.compile(r"\n([ \t]+)\S")


@dataclass(frozen=True)
class StatementPlace:
    """The offsets of a statement's first character and of the one after its last."""

    start: int
    end: int


@dataclass(frozen=True)
class Statements:
    """The places of the Statement element (`whole`) and of each statement in it."""

    whole: StatementPlace
    each: tuple[StatementPlace, ...]
    is_list: bool


def places_of(text: str) -> Statements | None:
    """Find the statements in the text of a JSON object; None if it has none."""
    for key, place in _members(text):
        if key == "Statement":
            is_list = text[place.start] == "["
            each = tuple(_elements(text, place.start)) if is_list else (place,)
            return Statements(place, each, is_list)
    return None


def pretty(value: Any) -> str:
    return json.dumps(value, indent=2, ensure_ascii=False)


def with_statement(text: str, statement: Mapping[str, Any]) -> str | None:
    """Return the text with one more statement; None if there is no statement to follow."""
    found = places_of(text)
    if found is None or not found.each or "\n" not in text:
        return None
    last = found.each[-1]
    pad = _pad(text, last.start)
    written = _indented(text, statement, pad)
    if found.is_list:
        return f"{text[: last.end]},\n{pad}{written}{text[last.end :]}"
    return f"{text[: last.start]}[{text[last.start : last.end]}, {written}]{text[last.end :]}"


def without_statement(text: str, number: int) -> str | None:
    """Return the text without a statement; None if there is no such statement."""
    found = places_of(text)
    if found is None or number >= len(found.each):
        return None
    each = found.each
    if len(each) == 1:
        return f"{text[: found.whole.start]}[]{text[found.whole.end :]}"
    if number:
        return text[: each[number - 1].end] + text[each[number].end :]
    return text[: each[0].start] + text[each[1].start :]


def with_replaced(text: str, number: int, statement: Mapping[str, Any]) -> str | None:
    """Return the text with one statement replaced; None if the text is one line."""
    found = places_of(text)
    if found is None or number >= len(found.each) or "\n" not in text:
        return None
    place = found.each[number]
    written = _indented(text, statement, _pad(text, place.start))
    return text[: place.start] + written + text[place.end :]


def _past_space(text: str, at: int) -> int:
    found = _SPACE.match(text, at)
    return found.end() if found else at


def _value(text: str, start: int) -> StatementPlace:
    _, end = _DECODER.raw_decode(text, start)
    return StatementPlace(start, end)


def _members(text: str) -> Iterator[tuple[str, StatementPlace]]:
    at = _past_space(text, _past_space(text, 0) + 1)
    while text[at : at + 1] == '"':
        key, after = _DECODER.raw_decode(text, at)
        place = _value(text, _past_space(text, _past_space(text, after) + 1))
        yield key, place
        at = _past_space(text, _past_space(text, place.end) + 1)


def _elements(text: str, start: int) -> Iterator[StatementPlace]:
    at = _past_space(text, start + 1)
    while text[at] != "]":
        place = _value(text, at)
        yield place
        at = _past_space(text, place.end)
        if text[at] == ",":
            at = _past_space(text, at + 1)


def _pad(text: str, start: int) -> str:
    line = text[text.rfind("\n", 0, start) + 1 : start]
    return line[: len(line) - len(line.lstrip())]


def _indented(text: str, statement: Mapping[str, Any], pad: str) -> str:
    """Write a statement, indented as the document is."""
    step = _INDENTED.search(text)
    indent = step[1] if step else "  "
    return json.dumps(statement, indent=indent, ensure_ascii=False).replace("\n", f"\n{pad}")
