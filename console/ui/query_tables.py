"""Tables of any length: the database orders them, and only the rows of one page are loaded."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import F, QuerySet
from django.http import HttpRequest

from console.ui.paging import page_count
from console.ui.preferences import table_preferences
from console.ui.table_view import TableView
from console.ui.tables import Table


@dataclass(frozen=True)
class QueryTable(Table):
    """A table whose page searches and filters the query of its rows.

    `order` has the fields that a column orders by, of those that can be ordered by at all.
    """

    order: Mapping[str, Sequence[str]] = field(default_factory=dict)

    def query(self, request: HttpRequest) -> str:
        return request.GET.get(f"{self.prefix}q", "").replace("\0", "").strip()[:200]

    def chosen(self, request: HttpRequest, key: str) -> str:
        """Return what is chosen in a select filter, "" for all."""
        return next(self.choice(request, each) for each in self.filters if each.key == key)

    def view_query(
        self,
        request: HttpRequest,
        found: QuerySet[Any],
        rows: Callable[[Sequence[Any]], Iterable[Any]] = lambda page: page,
        *,
        total: int | None = None,
    ) -> TableView:
        """Return the page of a query that the request asks for.

        `rows` makes the rows of what was found for one page; `total` counts what there is without
        search and filters.
        """
        matched = found.count()
        chosen = table_preferences(request, self.id, self.prefix, self._default_preferences())
        page = self._page(request, page_count(matched, chosen.size))
        first = (page - 1) * chosen.size
        shown = list(self._in_order(request, found)[first : first + chosen.size])
        ticked = self._ticked(request, ())
        return TableView(
            table=self,
            request=request,
            rows=[self._row(row, ticked) for row in rows(shown)],
            total=matched if total is None else total,
            matched=matched,
            page=page,
            preferences=chosen,
            selected=ticked,
        )

    def _in_order(self, request: HttpRequest, found: QuerySet[Any]) -> QuerySet[Any]:
        column, descending = self.sorting(request)
        fields = self.order.get(column.key, ()) if column else ()
        if not fields:
            return found
        way = "desc" if descending else "asc"
        ordered = [getattr(F(name), way)(nulls_last=True) for name in fields]
        return found.order_by(*ordered, f"{'-' if descending else ''}pk")
