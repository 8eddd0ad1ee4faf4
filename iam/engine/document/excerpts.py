"""Parts of a policy's text: a statement, with the lines that keep it from applying marked."""

import json
from dataclasses import dataclass

from iam.engine.document.json_text import as_list
from iam.engine.document.places import LineIndex, Path, Places, scan
from iam.engine.matching.elements.obstacle import Obstacle

_DECODER = json.JSONDecoder()
_AROUND = 2
_MOST_MARKED = 6


@dataclass(frozen=True, slots=True)
class ExcerptLine:
    """A line of a policy's text; `gap`: lines before it are left out."""

    number: int
    text: str
    marked: bool = False
    gap: bool = False


class PolicyExcerpts:
    """A valid policy's text by statement. A text on one line is laid out first."""

    def __init__(self, text: str) -> None:
        document = json.loads(text)
        if "\n" not in text.strip():
            text = json.dumps(document, indent=4, ensure_ascii=False)
        self._is_list = isinstance(document["Statement"], list)
        self._statements = as_list(document["Statement"])
        self._text = text
        self._lines = text.split("\n")
        self._index = LineIndex(text)
        self._places: Places = scan(text)

    def of(self, index: int, obstacle: Obstacle | None = None, most: int = 24) -> list[ExcerptLine]:
        """Return at most so many lines of a statement: its first, and those around the obstacle."""
        base: Path = ("Statement", index) if self._is_list else ("Statement",)
        first, last = self._span(base)
        marked = set[int]()
        if obstacle is not None:
            start, end = self._span(base + self._path(index, obstacle), with_key=True)
            if (start, end) != (first, last):
                marked = set(range(start, min(end, start + _MOST_MARKED - 1) + 1))
        shown = set(range(first, last + 1))
        if len(shown) > most:
            center = sorted(marked) or [first]
            around = range(center[0] - _AROUND, center[-1] + _AROUND + 1)
            shown &= {first, last, *around} if marked else set(range(first, first + most))
        numbers = sorted(shown)
        return [
            ExcerptLine(number, self._lines[number - 1], number in marked, number - before > 1)
            for before, number in zip([first, *numbers], numbers, strict=False)
        ]

    def _path(self, index: int, obstacle: Obstacle) -> Path:
        if not obstacle.key:
            return (obstacle.element,)
        operators = self._statements[index].get("Condition", {})
        operator = _written(operators, obstacle.operator)
        return ("Condition", operator, _written(operators.get(operator, {}), obstacle.key))

    def _span(self, path: Path, *, with_key: bool = False) -> tuple[int, int]:
        """Return the first and last line of a value, or of the nearest thing around it."""
        places = self._places
        value = places.of(path)
        start = places.keys.get(path, value) if with_key else value
        _, end = _DECODER.raw_decode(self._text, value)
        return self._index.of(start)[0], self._index.of(end - 1)[0]


def _written(names: dict[str, object], name: str) -> str:
    """Return a name as the policy writes it: names of operators and keys have no case."""
    return next((one for one in names if one.lower() == name.lower()), name)
