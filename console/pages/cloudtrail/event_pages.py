"""Pages of events by token: AWS's tokens lead forward, the address holds the earlier ones."""

from dataclasses import dataclass, fields

from django.http import HttpRequest, QueryDict

from console.ui.table_view import PageLink, TableView

_CARRIED = ("attribute", "value", "range", "start", "end")
_MOST_REMEMBERED = 40


def _way(request: HttpRequest) -> list[str]:
    """Return the tokens of the pages up to this one; the last is this page's."""
    return request.GET.getlist("page")[-_MOST_REMEMBERED:]


def token_of(request: HttpRequest) -> str:
    way = _way(request)
    return way[-1] if way else ""


@dataclass(frozen=True)
class TokenPaged(TableView):
    """A table that shows one page of a long list; its pager follows tokens."""

    next_token: str = ""

    @property
    def pages(self) -> list[PageLink]:
        """Return only this page's number: tokens allow no jump to another page."""
        return [PageLink(len(_way(self.request)) + 1, "", current=True)]

    @property
    def previous_url(self) -> str:
        return previous_url(self.request)

    @property
    def next_url(self) -> str:
        return next_url(self.request, self.next_token)


def previous_url(request: HttpRequest) -> str:
    way = _way(request)
    return _at(request, way[:-1]) if way else ""


def next_url(request: HttpRequest, token: str) -> str:
    return _at(request, [*_way(request), token]) if token else ""


def _at(request: HttpRequest, way: list[str]) -> str:
    query = QueryDict(mutable=True)
    for name in _CARRIED:
        if name in request.GET:
            query[name] = request.GET[name]
    query.setlist("page", way)
    return f"{request.path}?{query.urlencode()}"


def paged(view: TableView, next_token: str) -> TokenPaged:
    values = {each.name: getattr(view, each.name) for each in fields(view)}
    return TokenPaged(**values, next_token=next_token)
