"""Tables, declared once and viewed by GET parameters: filter, order, page, preferences."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from django.http import HttpRequest

from console.ui.columns import Column, Empty, SelectFilter, row_value
from console.ui.paging import page_count
from console.ui.preferences import Preferences, table_preferences
from console.ui.search import any_matches, matches
from console.ui.table_view import FilterView, RowView, TableView

__all__ = ["Column", "Empty", "SelectFilter", "Table", "TableView", "matches"]


@dataclass(frozen=True)
class Table:
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

    def view(
        self,
        request: HttpRequest,
        rows: Iterable[Any],
        *,
        selected: Iterable[str] = (),
        denied: str = "",
        why_url: str = "",
    ) -> TableView:
        """The table as the request asks for it; `denied` stands in the place of its rows."""
        everything = list(rows)
        kept = self._ordered(request, self._kept(request, everything))
        chosen = table_preferences(request, self.id, self.prefix, self._default_preferences())
        page = self._page(request, page_count(len(kept), chosen.size))
        shown = kept[(page - 1) * chosen.size : page * chosen.size]
        ticked = self._ticked(request, selected)
        return TableView(
            table=self,
            request=request,
            rows=[self._row(row, ticked) for row in shown],
            total=len(everything),
            matched=len(kept),
            page=page,
            preferences=chosen,
            selected=ticked,
            denied=denied,
            why_url=why_url,
        )

    def key(self, row: Any) -> str:
        """What identifies the row in a selection."""
        return str(self.row_key(row) if callable(self.row_key) else row_value(row, self.row_key))

    def filter_views(self, request: HttpRequest) -> list[FilterView]:
        """The select filters with the value chosen in each."""
        return [
            FilterView(each, f"{self.prefix}{each.key}", self._choice(request, each))
            for each in self.filters
        ]

    def sorting(self, request: HttpRequest) -> tuple[Column | None, bool]:
        """The column the rows are ordered by, and whether descending."""
        wanted = request.GET.get(f"{self.prefix}sort", self.sort)
        key = wanted.removeprefix("-")
        column = next((each for each in self.columns if each.key == key and each.sortable), None)
        return column, wanted.startswith("-")

    def _choice(self, request: HttpRequest, each: SelectFilter) -> str:
        value = request.GET.get(f"{self.prefix}{each.key}", "")
        return value if value in dict(each.options) else ""

    def _kept(self, request: HttpRequest, rows: list[Any]) -> list[Any]:
        """The rows that the text filter and the select filters leave."""
        query = request.GET.get(f"{self.prefix}q", "")
        for each in self.filters:
            if value := self._choice(request, each):
                rows = [row for row in rows if each.keeps(row, value)]
        searched = [column for column in self.columns if column.searchable]
        return [row for row in rows if any_matches((c.text(row) for c in searched), query)]

    def _ordered(self, request: HttpRequest, rows: list[Any]) -> list[Any]:
        column, descending = self.sorting(request)
        return sorted(rows, key=column.order, reverse=descending) if column else rows

    def _page(self, request: HttpRequest, pages: int) -> int:
        wanted = request.GET.get(f"{self.prefix}page", "1")
        number = int(wanted) if wanted.isascii() and wanted.isdigit() and len(wanted) < 9 else 1
        return min(max(number, 1), pages)

    def _default_preferences(self) -> Preferences:
        return Preferences(self.page_size, tuple(c.key for c in self.columns if c.visible))

    def _ticked(self, request: HttpRequest, selected: Iterable[str]) -> tuple[str, ...]:
        """The keys selected: those the request carries, else those the page passes."""
        if self.keep_selection and request.GET.get(f"{self.prefix}kept"):
            return tuple(dict.fromkeys(request.GET.getlist(self.selection_name)))
        return tuple(dict.fromkeys(selected))

    def _label(self, row: Any) -> str:
        named = (column for column in self.columns if column.key == self.labelled_by)
        return next(named, self.columns[0]).text(row)

    def _row(self, row: Any, ticked: tuple[str, ...]) -> RowView:
        key = self.key(row)
        return RowView(
            row=row,
            key=key,
            label=self._label(row) or key,
            selected=key in ticked,
            disabled=self.disabled(row) if self.disabled else "",
            detail_url=self.detail(row) if self.detail else "",
        )
