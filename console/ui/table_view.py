"""A table as one request sees it: what its template needs, URLs included."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest

from console.ui.columns import Column
from console.ui.paging import page_count, page_window
from console.ui.preferences import PAGE_SIZES, Preferences
from console.ui.refusable import Refusable
from console.ui.table_declaration import FilterView, TableDeclaration


@dataclass(frozen=True)
class RowView:
    """One visible row: the page's own row, its key and label, and how it may be selected."""

    row: Any
    key: str
    label: str
    selected: bool
    disabled: str
    detail_url: str


@dataclass(frozen=True)
class Heading:
    """A column's header cell: `aria_sort` is empty where the table is not ordered by it."""

    column: Column
    sort_url: str
    aria_sort: str


@dataclass(frozen=True)
class PageLink:
    """A page of the pager; without number it is the ellipsis."""

    number: int | None
    url: str
    current: bool


@dataclass(frozen=True)
class TableView:
    """The table, its visible rows and the state that its links carry on."""

    table: TableDeclaration
    request: HttpRequest
    rows: list[RowView]
    total: int
    matched: int
    page: int
    preferences: Preferences
    selected: tuple[str, ...]
    refused: Refusable | None = None

    @property
    def dom_id(self) -> str:
        return f"table-{self.table.id}"

    @property
    def refused_title(self) -> str | None:
        titles = self.table.refused
        return titles.denied if self.refused and self.refused.denied else titles.failed

    @property
    def refused_hint(self) -> str:
        return self.table.refused.hint if self.refused and self.refused.denied else ""

    @property
    def filter_form(self) -> str:
        return f"{self.dom_id}-filter"

    @property
    def preferences_form(self) -> str:
        return f"{self.dom_id}-preferences"

    @property
    def selection_form(self) -> str:
        """The id of the form that the selection belongs to, empty for the form around it."""
        form = self.table.selection_form
        return f"{self.dom_id}-selection" if form is None else form

    @property
    def own_forms(self) -> list[str]:
        """The ids of the forms that the page has to hold outside of the table."""
        forms = [self.filter_form, self.preferences_form]
        needs = self.table.selection != "none" and self.table.selection_form is None
        return [*forms, self.selection_form] if needs else forms

    @property
    def query(self) -> str:
        return self.request.GET.get(self._name("q"), "")

    @cached_property
    def filters(self) -> list[FilterView]:
        return self.table.filter_views(self.request)

    @property
    def filtered(self) -> bool:
        return bool(self.query) or any(each.value for each in self.filters)

    @cached_property
    def columns(self) -> list[Column]:
        """The visible columns in the order chosen; the first always is, and stays first."""
        first, *others = self.table.columns
        by_key = {column.key: column for column in others}
        wanted = dict.fromkeys(self.preferences.columns)
        return [first, *(by_key[key] for key in wanted if key in by_key)]

    @property
    def arranged(self) -> list[Column]:
        """All columns as Preferences lists them: the visible ones in their order, then the rest."""
        visible = self.columns
        return [*visible, *(column for column in self.table.columns if column not in visible)]

    @property
    def headings(self) -> list[Heading]:
        sorted_by, descending = self.table.sorting(self.request)
        return [self._heading(column, sorted_by, descending) for column in self.columns]

    @property
    def has_detail(self) -> bool:
        """Whether rows open; templates cannot ask for the function itself."""
        return self.table.detail is not None

    @property
    def width(self) -> int:
        extra = (self.table.selection != "none") + self.has_detail
        return len(self.columns) + extra

    @property
    def pages(self) -> list[PageLink]:
        count = page_count(self.matched, self.preferences.size)
        return [
            PageLink(number, self._url(page=str(number)) if number else "", number == self.page)
            for number in page_window(self.page, count)
        ]

    @property
    def previous_url(self) -> str:
        return self._url(page=str(self.page - 1)) if self.page > 1 else ""

    @property
    def next_url(self) -> str:
        more = self.page < page_count(self.matched, self.preferences.size)
        return self._url(page=str(self.page + 1)) if more else ""

    @property
    def clear_url(self) -> str:
        return self._url(q="", page="", **{each.key: "" for each in self.table.filters})

    @property
    def page_sizes(self) -> tuple[int, ...]:
        return tuple(sorted({*PAGE_SIZES, self.table.page_size}))

    @property
    def selected_elsewhere(self) -> list[str]:
        """The keys selected whose rows are not on this page: sent on as hidden inputs."""
        here = {row.key for row in self.rows}
        return [key for key in self.selected if key not in here]

    @property
    def carried(self) -> Iterator[tuple[str, str]]:
        """The parameters that filtering keeps: everything but filters, page and selection."""
        own = {each.name for each in self.filters} | set(map(self._name, ("q", "page")))
        return self._parameters(own)

    @property
    def carried_by_preferences(self) -> Iterator[tuple[str, str]]:
        return self._parameters({self._name("page")})

    def _parameters(self, without: set[str]) -> Iterator[tuple[str, str]]:
        return ((name, value) for name, value in self._always_carried if name not in without)

    @cached_property
    def _always_carried(self) -> list[tuple[str, str]]:
        given = self.request.GET.lists()
        return [
            (name, value)
            for name, values in given
            if name not in self._never_carried
            for value in values
        ]

    @cached_property
    def _never_carried(self) -> set[str]:
        fields = ("prefs", "size", "column", "wrap", "compact", "kept")
        return {self.table.selection_name, *map(self._name, fields)}

    def _name(self, parameter: str) -> str:
        return f"{self.table.prefix}{parameter}"

    def _heading(self, column: Column, sorted_by: Column | None, descending: bool) -> Heading:
        if not column.sortable:
            return Heading(column, "", "")
        if column is not sorted_by:
            return Heading(column, self._url(sort=column.key, page=""), "")
        turned = column.key if descending else f"-{column.key}"
        aria_sort = "descending" if descending else "ascending"
        return Heading(column, self._url(sort=turned, page=""), aria_sort)

    def _url(self, **changes: str) -> str:
        """This page's URL with the table's parameters changed; an empty one is left out."""
        changed = {self._name(name): value for name, value in changes.items()}
        query = [(name, value) for name, value in self._always_carried if name not in changed]
        query += [(name, value) for name, value in changed.items() if value]
        return f"{self.request.path}?{urlencode(query)}" if query else self.request.path
