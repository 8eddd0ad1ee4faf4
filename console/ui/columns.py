"""The parts of a table's declaration: columns, select filters, the empty state."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

Kind = Literal["text", "wide", "code", "copy", "time", "number", "wrap"]


def row_value(row: Any, key: str) -> Any:
    """The row's item or attribute of that name, None where it has neither."""
    if isinstance(row, (dict, Mapping)):  # of a dict that is told at once
        return row.get(key)
    return getattr(row, key, None)


@dataclass(frozen=True)
class Column:
    """One column: where its value comes from and how a cell shows it.

    `value` defaults to the row's item or attribute `key`; `template` is included with `row`,
    `value` and `column`; `visible=False` shows the column only when Preferences asks for it.
    The value of one that is `late` is there once the row is completed (`Table.view`): it is
    searched only for what is `findable`, such as a whole ID.
    """

    key: str
    label: str
    value: Callable[[Any], Any] | None = None
    link: Callable[[Any], str] | None = None
    template: str = ""
    kind: Kind = "text"
    sortable: bool = True
    sort_key: Callable[[Any], Any] | None = None
    searchable: bool = True
    visible: bool = True
    empty: str = "-"
    late: bool = False
    findable: Callable[[str], object] = lambda query: False

    def of(self, row: Any) -> Any:
        return self.value(row) if self.value else row_value(row, self.key)

    def text(self, row: Any) -> str:
        """The value as the text filter sees it."""
        return self.text_of(self.of(row))

    def searched_for(self, query: str) -> bool:
        """Whether the column is searched for this query."""
        return self.searchable and (not self.late or bool(self.findable(query)))

    @staticmethod
    def text_of(value: Any) -> str:
        if type(value) is str:
            return value
        if isinstance(value, (list, tuple, set, frozenset)):
            return ", ".join(map(str, value))
        return "" if value is None else str(value)

    def orders(self, rows: Sequence[Any]) -> list[Any]:
        """Keys that sort rows: of texts, which most columns have, all at once."""
        values = list(map(self.sort_key or self.of, rows))
        if all(type(value) is str for value in values):
            return [(value == "", value.casefold()) for value in values]
        return list(map(self._order, values))

    @staticmethod
    def _order(value: Any) -> tuple[bool, str, Any]:
        """A key that sorts any values: numbers and dates among themselves, text without case."""
        if value is None or value == "":
            return (True, "", "")
        if isinstance(value, (bool, int, float)):
            return (False, "", value)
        if hasattr(value, "isoformat"):
            return (False, "date", value.isoformat())
        return (False, "text", str(value).casefold())


@dataclass(frozen=True)
class SelectFilter:
    """A drop-down over the table: `options` are (value, label); `keeps(row, value)` decides.

    The page of a `QueryTable` decides by itself.
    """

    key: str
    label: str
    options: Sequence[tuple[str, str]]
    keeps: Callable[[Any, str], bool] = lambda row, value: True
    all_label: str = "All types"


@dataclass(frozen=True)
class RefusedRows:
    """The titles of a table whose rows were refused: denied, with a hint, or for another reason."""

    denied: str | None = None
    failed: str | None = None
    hint: str = ""


@dataclass(frozen=True)
class Empty:
    """The content of a table without rows: title, sentence, and a button."""

    title: str = "No resources to display"
    text: str = ""
    action: str = ""
    url: str = ""
