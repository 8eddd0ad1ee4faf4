"""The places of a document's statements, as AWS's policy simulator reports them."""

import json
from dataclasses import dataclass

from iam.engine.document.json_text import load
from iam.engine.document.places import LineIndex, Path, scan

_DECODER = json.JSONDecoder()


@dataclass(frozen=True, slots=True)
class StatementSpan:
    """The place of a statement: its first character, and the one after its last, from 1."""

    start_line: int
    start_column: int
    end_line: int
    end_column: int


def statement_spans(text: str) -> tuple[StatementSpan, ...]:
    """Return the place of each statement of a valid document, in their order."""
    statements = load(text)["Statement"]
    places = scan(text)
    paths: list[Path] = [("Statement",)]
    if isinstance(statements, list):
        paths = [("Statement", index) for index in range(len(statements))]
    lines = LineIndex(text)
    return tuple(_span(text, lines, places.of(path)) for path in paths)


def _span(text: str, lines: LineIndex, start: int) -> StatementSpan:
    _, end = _DECODER.raw_decode(text, start)
    return StatementSpan(*lines.of(start), *lines.of(end))
