"""Documents that are recognizably wrong: the fault, and the text that was meant."""

import json
import re
from dataclasses import dataclass
from typing import Any

from iam.engine.document.copied_text import TypedText, as_typed, syntax_error
from iam.engine.document.places import line_and_column

_SPACE = re.compile(r"[ \t\r\n]*")
_STATEMENT_KEYS = {"Effect", "Action", "NotAction", "Principal", "NotPrincipal"}
_KEPT_KEYS = ("Version", "Id")


@dataclass(frozen=True, slots=True)
class Cleaned:
    """A text without what copying added to it, and a sentence of what that was."""

    text: str
    sentence: str


@dataclass(frozen=True, slots=True)
class Repair:
    """A well-formed document made of a broken one, and a sentence about what to wrap."""

    text: str
    sentence: str


@dataclass(frozen=True, slots=True)
class Mistake:
    """The place of a mistake in a broken text, and its sentence."""

    offset: int
    sentence: str


def clean(text: str) -> Cleaned | None:
    """Take line numbers, typographic quotes and odd spaces out of a text that is not JSON."""
    typed = _typed(text)
    if typed is None:
        return None
    margins = typed.margins or (0,) * (typed.text.count("\n") + 1)
    width = _common_margin(typed.text, margins)
    lines = [line[width:].rstrip() for line in typed.text.split("\n")]
    return Cleaned("\n".join(lines).strip("\n") + "\n", _copied_sentence(typed))


def repair(text: str) -> Repair | None:
    """Wrap statements that stand bare between the outer braces into a Statement list."""
    found = _bare_statements(text)
    if found is None:
        return None
    offset, document = found
    return Repair(json.dumps(document, indent=2, ensure_ascii=False), _wrap(text, offset))


def known_mistake(text: str) -> Mistake | None:
    """Mark a known mistake in a text that is not JSON."""
    bare = _bare_statements(text)
    if bare is not None:
        return Mistake(bare[0], _wrap(text, bare[0]))
    typed = _typed(text)
    if typed is None:
        return None
    error = typed.error
    return Mistake(_first_change(text, typed) if error is None else error, _copied_sentence(typed))


def _typed(text: str) -> TypedText | None:
    return None if syntax_error(text) is None else as_typed(text)


def _copied_sentence(typed: TypedText) -> str:
    *most, last = typed.found
    things = f"{', '.join(most)} and {last}" if most else last
    return f"The document was copied with {things}, which are no part of it."


def _wrap(text: str, offset: int) -> str:
    line, _ = line_and_column(text, offset)
    return (
        f"Line {line} starts an object where a key belongs. Put the statements into a list: "
        '"Version": "2012-10-17", "Statement": [ … ]'
    )


def _first_change(text: str, typed: TypedText) -> int:
    changes = (at for at, (a, b) in enumerate(zip(text, typed.text, strict=True)) if a != b)
    return next(changes, 0)


def _common_margin(text: str, margins: tuple[int, ...]) -> int:
    """The columns that can go from every line: numbers are as wide as the longest one."""
    lines = [line for line in text.split("\n") if line.strip()]
    indents = [len(line) - len(line.lstrip(" ")) for line in lines]
    return min([*indents, max(margins) + 1]) if any(margins) and indents else 0


def _bare_statements(text: str) -> tuple[int, dict[str, Any]] | None:
    """The offset of the first bare statement, and the document meant; None if it is not this."""
    if syntax_error(text) is None:
        return None
    typed = as_typed(text)
    source = text if typed is None else typed.text
    try:
        return _read_bare(source)
    except (ValueError, RecursionError):
        return None


def _read_bare(text: str) -> tuple[int, dict[str, Any]] | None:
    decoder = json.JSONDecoder(object_pairs_hook=_without_duplicates)
    document: dict[str, Any] = {"Version": "2012-10-17"}
    statements: list[Any] = []
    first = -1
    at = _expect(text, _skip(text, 0), "{")
    while not text.startswith("}", at):
        value, end = decoder.raw_decode(text, at)
        if isinstance(value, str) and value in _KEPT_KEYS and not statements:
            document[value], end = decoder.raw_decode(text, _expect(text, _skip(text, end), ":"))
        elif isinstance(value, dict) and _STATEMENT_KEYS & value.keys():
            first = at if first < 0 else first
            statements.append(value)
        else:
            return None
        at = _skip(text, end)
        at = _expect(text, at, ",") if text.startswith(",", at) else at
    if not statements or text[at + 1 :].strip():
        return None
    return first, {**document, "Statement": statements}


def _skip(text: str, at: int) -> int:
    found = _SPACE.match(text, at)
    return found.end() if found else at


def _expect(text: str, at: int, mark: str) -> int:
    if not text.startswith(mark, at):
        raise ValueError(mark)
    return _skip(text, at + 1)


def _without_duplicates(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    value = dict(pairs)
    if len(value) < len(pairs):
        raise ValueError("duplicate key")
    return value
