"""The declaration of a table, and the parameters of its request."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from django.http import HttpRequest

from console.ui.columns import Column, Empty, RefusedRows, SelectFilter, row_value


@dataclass(frozen=True)
class FilterView:
    """A select filter with its parameter's name and the value chosen."""

    filter: SelectFilter
    name: str
    value: str


@dataclass(frozen=True)
class TableDeclaration:
    """A table as a page declares it; `view` applies it to a request and its rows.

    `selection_form`: None gives the selection a form of its own (`view.selection_form`, GET);
    "" leaves the inputs to the form around the table; else it is that form's id.
    `keep_selection` carries ticked rows through filtering and paging (wizards).
    `prefix` (such as `groups-`) keeps two tables of one page apart. `labelled_by` is the column
    whose text names a row to a screen reader; the first if none is said.
    """

    id: str
    title: str
    columns: Sequence[Column]
    row_key: str | Callable[[Any], str] = "name"
    filters: Sequence[SelectFilter] = ()
    search: str = "Search"
    selection: Literal["none", "radio", "checkbox"] = "none"
    selection_name: str = "selected"
    selection_form: str | None = None
    keep_selection: bool = False
    disabled: Callable[[Any], str] | None = None
    detail: Callable[[Any], str] | None = None
    sort: str = ""
    page_size: int = 20
    description: str = ""
    info: str = ""
    prefix: str = ""
    embedded: bool = False
    preferences: bool = True
    counted: bool = True
    labelled_by: str = ""
    empty: Empty = field(default_factory=Empty)
    refused: RefusedRows = field(default_factory=RefusedRows)

    def key(self, row: Any) -> str:
        return str(self.row_key(row) if callable(self.row_key) else row_value(row, self.row_key))

    def filter_views(self, request: HttpRequest) -> list[FilterView]:
        """The select filters with the value chosen in each."""
        return [
            FilterView(each, f"{self.prefix}{each.key}", self.choice(request, each))
            for each in self.filters
        ]

    def sorting(self, request: HttpRequest) -> tuple[Column | None, bool]:
        """The column the rows are ordered by, and whether descending."""
        wanted = request.GET.get(f"{self.prefix}sort", self.sort)
        key = wanted.removeprefix("-")
        column = next((each for each in self.columns if each.key == key and each.sortable), None)
        return column, wanted.startswith("-")

    def choice(self, request: HttpRequest, each: SelectFilter) -> str:
        value = request.GET.get(f"{self.prefix}{each.key}", "")
        return value if value in dict(each.options) else ""
