"""Tables, declared once and viewed by GET parameters: filter, order, page, preferences."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from operator import itemgetter
from typing import Any

from django.http import HttpRequest

from console.ui.columns import Column, Empty, RefusedRows, SelectFilter
from console.ui.paging import page_count
from console.ui.preferences import Preferences, table_preferences
from console.ui.refusable import Refusable
from console.ui.row_sources import RowsOfPage, RowSource
from console.ui.search import folded, folded_each, matches
from console.ui.table_declaration import TableDeclaration
from console.ui.table_view import RowView, TableView

__all__ = [
    "Column",
    "Complete",
    "Empty",
    "RefusedRows",
    "SelectFilter",
    "Table",
    "TableView",
    "matches",
]

Complete = Callable[[list[Any], frozenset[str]], list[Any]]
"""Returns rows with the values of the late columns that have these keys."""


@dataclass(frozen=True)
class Table(TableDeclaration):
    """A declared table that a page applies to a request and its rows."""

    def view(
        self,
        request: HttpRequest,
        rows: Iterable[Any] | RowSource,
        *,
        selected: Iterable[str] = (),
        refused: Refusable | None = None,
        complete: Complete | None = None,
    ) -> TableView:
        """The table as the request asks for it; a call that was refused shows in place of rows.

        Of a `RowSource` no more rows than those of the page are read, where that will do.
        `complete` adds the values of columns that are late: to all rows those that the request
        orders or searches by, the others to the rows that show.
        """
        chosen = table_preferences(request, self.id, self.prefix, self._default_preferences())
        if isinstance(rows, RowSource) and self._is_left_to(rows, request):
            found = self._read(request, rows, complete, chosen.size)
        else:
            everything = list(rows.load() if isinstance(rows, RowSource) else rows)
            found = self._chosen(request, everything, complete, chosen.size)
        ticked = self._ticked(request, selected)
        return TableView(
            table=self,
            request=request,
            rows=[self._row(row, ticked) for row in found.rows],
            total=found.total,
            matched=found.matched,
            page=found.page,
            preferences=chosen,
            selected=ticked,
            refused=refused if refused and refused.message else None,
        )

    def _chosen(
        self, request: HttpRequest, everything: list[Any], complete: Complete | None, size: int
    ) -> RowsOfPage:
        late = self._late
        if complete and (asked := self._late_asked_for(request)):
            everything, late = complete(everything, asked), late - asked
        kept = self._ordered(request, self._kept(request, everything))
        page = self._page(request, page_count(len(kept), size))
        shown = kept[(page - 1) * size : page * size]
        if complete and late:
            shown = complete(shown, late)
        return RowsOfPage(shown, page, len(kept), len(everything))

    def _is_left_to(self, source: RowSource, request: HttpRequest) -> bool:
        """Whether a source searches and orders its rows as the request asks for it."""
        column, _ = self.sorting(request)
        if column is None or column.key != source.order:
            return False
        if any(self.choice(request, each) for each in self.filters):
            return False
        searched = self._searched(request)
        return not self._query(request) or bool(searched and searched <= source.searched)

    def _read(
        self, request: HttpRequest, source: RowSource, complete: Complete | None, size: int
    ) -> RowsOfPage:
        text, columns, (_, descending) = (
            folded(self._query(request)), self._searched(request), self.sorting(request)
        )  # fmt: skip
        total = source.count("", columns)
        matched = source.count(text, columns) if text else total
        page = self._page(request, page_count(matched, size))
        places = slice((page - 1) * size, page * size)
        shown = source.read(text, columns, descending, places) if matched else []
        if complete and self._late:
            shown = complete(shown, self._late)
        return RowsOfPage(shown, page, matched, total)

    def matching(self, request: HttpRequest, rows: Iterable[Any]) -> list[Any]:
        """The rows that the filters of the request leave, on all pages."""
        return self._kept(request, list(rows))

    def _kept(self, request: HttpRequest, rows: list[Any]) -> list[Any]:
        """The rows that the text filter and the select filters leave."""
        query = self._query(request)
        for each in self.filters:
            if value := self.choice(request, each):
                rows = [row for row in rows if each.keeps(row, value)]
        if not query or not rows:
            return rows
        wanted, searched = folded(query), [c for c in self.columns if c.searched_for(query)]
        if not searched:
            return []
        texts = zip(
            *(folded_each(list(map(column.text, rows))) for column in searched), strict=True
        )
        return [
            row for row, own in zip(rows, texts, strict=True) if any(wanted in text for text in own)
        ]

    def _late_asked_for(self, request: HttpRequest) -> frozenset[str]:
        """The keys of the late columns that all rows are ordered or searched by."""
        (sorted_by, _), searched = self.sorting(request), self._searched(request)
        return frozenset(
            column.key
            for column in self.columns
            if column.late and (column is sorted_by or column.key in searched)
        )

    def _query(self, request: HttpRequest) -> str:
        """What is searched for; empty if that is nothing but spaces."""
        query = request.GET.get(f"{self.prefix}q", "")
        return query if query.strip() else ""

    def _searched(self, request: HttpRequest) -> frozenset[str]:
        """The keys of the columns that the request searches."""
        query = self._query(request)
        searched = (column.key for column in self.columns if column.searched_for(query))
        return frozenset(searched if query else ())

    @property
    def _late(self) -> frozenset[str]:
        return frozenset(column.key for column in self.columns if column.late)

    def _ordered(self, request: HttpRequest, rows: list[Any]) -> list[Any]:
        column, descending = self.sorting(request)
        if column is None:
            return rows
        pairs = zip(column.orders(rows), rows, strict=True)
        return [row for _, row in sorted(pairs, key=itemgetter(0), reverse=descending)]

    def _page(self, request: HttpRequest, pages: int) -> int:
        wanted = request.GET.get(f"{self.prefix}page", "1")
        number = int(wanted) if wanted.isascii() and wanted.isdigit() and len(wanted) < 9 else 1
        return min(max(number, 1), pages)

    def _default_preferences(self) -> Preferences:
        return Preferences(self.page_size, tuple(c.key for c in self.columns if c.visible))

    def _ticked(self, request: HttpRequest, selected: Iterable[str]) -> tuple[str, ...]:
        """The keys selected, without empty ones: those the request carries, else the page's."""
        if self.keep_selection and request.GET.get(f"{self.prefix}kept"):
            selected = request.GET.getlist(self.selection_name)
        return tuple(dict.fromkeys(filter(None, selected)))

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
