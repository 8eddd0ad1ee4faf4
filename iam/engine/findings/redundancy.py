"""Elements that a policy repeats."""

import json
from collections.abc import Iterator
from typing import Any

from iam.engine.document.places import Path
from iam.engine.findings.finding import UnplacedFinding, finding
from iam.engine.findings.statement_reading import StatementReading
from iam.engine.grammar.every_type import statements_of
from iam.engine.matching.patterns import pattern_matches

MOST_COMPARED = 100
LONGEST_COMPARED = 256
"""How many values of one element are compared with each other, and how long they may be."""


def document_findings(document: dict[str, Any]) -> Iterator[UnplacedFinding]:
    """Find the statements that a document repeats."""
    seen: set[str] = set()
    for path, body in statements_of(document):
        same = json.dumps({k: v for k, v in body.items() if k != "Sid"}, sort_keys=True)
        if same in seen:
            yield finding("REDUNDANT_STATEMENT", path)
        seen.add(same)


def statement_findings(statement: StatementReading) -> Iterator[UnplacedFinding]:
    """Find the actions and resources that others of the same element cover."""
    for name in ("Action", "NotAction"):
        found = _covered(statement, name, fold=True)
        if found:
            path, text = found[0]
            yield finding("REDUNDANT_ACTION", path, count=len(found), action=text)
    for name in ("Resource", "NotResource"):
        found = _covered(statement, name, fold=False)
        if found:
            yield finding("REDUNDANT_RESOURCE", found[0][0], count=len(found))


def _covered(statement: StatementReading, name: str, *, fold: bool) -> list[tuple[Path, str]]:
    written = [one for one in statement.located(name) if len(one[1]) <= LONGEST_COMPARED]
    written = written[:MOST_COMPARED]
    values = [text.lower() if fold else text for _, text in written]
    return [
        one
        for index, one in enumerate(written)
        if any(
            pattern_matches(other, values[index])
            for place, other in enumerate(values)
            # Of two alike the first stays.
            if place < index or (place > index and other != values[index])
        )
    ]
