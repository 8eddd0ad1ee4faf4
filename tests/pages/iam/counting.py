"""How many queries a page takes."""

from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.pages.visitor import Visitor


def queries_of(visitor: Visitor, url: str) -> int:
    """Return the number of queries of a page, once its session is warm."""
    visitor.get(url)
    with CaptureQueriesContext(connection) as queries:
        assert visitor.get(url).status_code == 200
    return len(queries)
