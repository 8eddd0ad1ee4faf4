"""Pages of events by token: AWS's tokens lead forward, the address remembers the way back."""

from dataclasses import dataclass, fields

from django.http import HttpRequest, QueryDict

from console.ui.table_view import PageLink, TableView

_CARRIED = ("attribute", "value", "range", "start", "end")
_MOST_REMEMBERED = 40


def _way(request: HttpRequest) -> list[str]:
    """Return the tokens that led to this page, the last one being its own."""
    return request.GET.getlist("page")[-_MOST_REMEMBERED:]


def token_of(request: HttpRequest) -> str:
    way = _way(request)
    return way[-1] if way else ""


@dataclass(frozen=True)
class TokenPaged(TableView):
    """A table whose rows are one page of a longer answer; the pager follows tokens."""

    next_token: str = ""

    @property
    def pages(self) -> list[PageLink]:
        """Return the page's number alone: there is no jumping."""
        return [PageLink(len(_way(self.request)) + 1, "", current=True)]

    @property
    def previous_url(self) -> str:
        way = _way(self.request)
        return self._at(way[:-1]) if way else ""

    @property
    def next_url(self) -> str:
        return self._at([*_way(self.request), self.next_token]) if self.next_token else ""

    def _at(self, way: list[str]) -> str:
        query = QueryDict(mutable=True)
        for name in _CARRIED:
            if name in self.request.GET:
                query[name] = self.request.GET[name]
        query.setlist("page", way)
        return f"{self.request.path}?{query.urlencode()}"


def paged(view: TableView, next_token: str) -> TokenPaged:
    values = {each.name: getattr(view, each.name) for each in fields(view)}
    return TokenPaged(**values, next_token=next_token)
