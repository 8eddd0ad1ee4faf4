"""Some of an account's entities at a time, searched and ordered by the database.

Names and paths are ASCII (AWS's patterns), so that small letters are what they are compared by,
as in a page's own search and order: no language has a say in it.
"""

from collections.abc import Sequence
from typing import Any

from django.db.models import Func, Q, QuerySet, Value
from django.db.models.functions import StrIndex
from django.db.models.lookups import GreaterThan
from django.db.models.sql.compiler import SQLCompiler

from iam.models import Account, Entity


class SmallLetters(Func):
    """A text of ASCII in small letters, which every database orders byte by byte."""

    function = "LOWER"

    def as_postgresql(
        self, compiler: SQLCompiler, connection: Any, **context: Any
    ) -> tuple[str, Any]:
        return self.as_sql(
            compiler, connection, template='LOWER(%(expressions)s COLLATE "C")', **context
        )


def _containing(text: str, columns: Sequence[str]) -> Q:
    found = (StrIndex(SmallLetters(column), Value(text)) for column in columns)
    conditions = [Q(GreaterThan(place, 0)) for place in found]
    return Q(*conditions, _connector=Q.OR)


def matching_entities(
    account: Account, model: type[Entity], path: str, text: str, columns: Sequence[str]
) -> QuerySet[Any]:
    """Return an account's entities below a path, of which one column contains a folded text.

    An empty text finds all. They are in the order of their names, the case of letters aside.
    """
    rows: QuerySet[Any] = model.in_sandbox(account.sandbox).filter(account=account)
    if path != "/":
        rows = rows.filter(path__startswith=path)
    if "\0" in text:
        return rows.none()
    if text:
        rows = rows.filter(_containing(text, columns))
    return rows.order_by(SmallLetters("name"))
