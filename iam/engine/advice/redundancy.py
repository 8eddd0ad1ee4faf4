"""What a policy says twice."""

import json
from collections.abc import Iterator
from typing import Any

from iam.engine.advice.reading import Reading
from iam.engine.advice.remark import Remark, remark
from iam.engine.grammar.common import statements_of
from iam.engine.patterns import pattern_matches
from iam.engine.places import Path

MOST_COMPARED = 100
LONGEST_COMPARED = 256
"""How many values of one element are compared with each other, and how long they may be."""


def document_remarks(document: dict[str, Any]) -> Iterator[Remark]:
    """Find the statements that a document repeats."""
    seen: set[str] = set()
    for path, body in statements_of(document):
        same = json.dumps({k: v for k, v in body.items() if k != "Sid"}, sort_keys=True)
        if same in seen:
            yield remark("REDUNDANT_STATEMENT", path)
        seen.add(same)


def remarks(statement: Reading) -> Iterator[Remark]:
    """Find the actions and resources that others of the same element cover."""
    for name in ("Action", "NotAction"):
        found = _covered(statement, name, fold=True)
        if found:
            path, text = found[0]
            yield remark("REDUNDANT_ACTION", path, count=len(found), action=text)
    for name in ("Resource", "NotResource"):
        found = _covered(statement, name, fold=False)
        if found:
            yield remark("REDUNDANT_RESOURCE", found[0][0], count=len(found))


def _covered(statement: Reading, name: str, *, fold: bool) -> list[tuple[Path, str]]:
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
