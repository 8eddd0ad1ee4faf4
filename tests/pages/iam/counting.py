"""How many queries a page takes."""

from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.pages.visitor import Visitor


def queries_of(visitor: Visitor, url: str, **fields: str) -> int:
    """Return the number of queries of a page, or of a form's answer, once its session is warm."""
    send = visitor.post if fields else visitor.get
    send(url, **fields)
    with CaptureQueriesContext(connection) as queries:
        assert send(url, **fields).status_code == 200
    return len(queries)
