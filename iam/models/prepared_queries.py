"""Queries whose SQL is made once: making it takes Django longer than the database to answer.

This uses private parts of the Django that `WRITTEN_FOR` names. Where they are not as expected, a
query set is run in its place, as slowly as everywhere else.
"""

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from django.db import DEFAULT_DB_ALIAS, connections
from django.db import connection as in_any_thread
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import Model, QuerySet
from django.db.models import query as django_query

WRITTEN_FOR = (5, 2)
_PRIVATE: Any = django_query
_UNEXPECTED = (AttributeError, LookupError, TypeError, ValueError)
_LOG = logging.getLogger(__name__)

M = TypeVar("M", bound=Model)


@dataclass(frozen=True)
class _Compiled:
    """The SQL with the place of each value in it, and how rows become instances."""

    sql: str
    params: tuple[Any, ...]
    places: dict[int, int]
    compiler: Any
    converters: Any
    names: list[str]
    span: slice
    populators: list[Any]
    annotated: dict[str, int]

    def bound(self, values: Sequence[Any]) -> list[Any]:
        return [
            values[self.places[i]] if i in self.places else kept
            for i, kept in enumerate(self.params)
        ]


def _mark(number: int, value: Any) -> Any:
    """Return a stand-in of a value's type, which occurs nowhere else in a query.

    A number of 32 bits: beyond a column's range Django finds that no row can fit.
    """
    return f"\ue000{number}\ue000" if isinstance(value, str) else 1 - 2**31 + number


class Prepared(Generic[M]):
    """A query of texts and numbers, run with the values that its builder takes."""

    def __init__(self, build: Callable[..., QuerySet[M]]) -> None:
        self._build = build
        self._by_vendor: dict[str, _Compiled | None] = {}

    def rows(self, *values: str | int) -> list[M]:
        """Return what the database answers for these values, as the query set would."""
        connection = connections[DEFAULT_DB_ALIAS]  # looked up once
        compiled = self._compiled(values, connection.vendor)
        if compiled is None:
            return list(self._build(*values))
        with connection.cursor() as cursor:
            cursor.execute(compiled.sql, compiled.bound(values))
            found = cursor.fetchall()
        try:
            converted = self._converted(compiled, found, connection)
            return [self._instance(compiled, row) for row in converted]
        except _UNEXPECTED:
            self._give_up(connection.vendor)
            return self.rows(*values)

    def first(self, *values: str | int) -> M | None:
        """Return the first row; the query itself limits how many there are."""
        found = self.rows(*values)
        return found[0] if found else None

    def _compiled(self, values: Sequence[Any], vendor: str) -> _Compiled | None:
        """Return the query in the words of a database; None once that has failed."""
        if vendor not in self._by_vendor:
            try:
                self._by_vendor[vendor] = self._compile(values)
            except _UNEXPECTED:
                self._give_up(vendor)
        return self._by_vendor[vendor]

    def _give_up(self, vendor: str) -> None:
        self._by_vendor[vendor] = None
        _LOG.warning("Django is not as expected: a query is compiled for each call", exc_info=True)

    def _compile(self, values: Sequence[Any]) -> _Compiled:
        marks = [_mark(number, value) for number, value in enumerate(values)]
        compiler: Any = self._build(*marks).query.get_compiler(connection=in_any_thread)
        sql, params = compiler.as_sql()
        places = {i: marks.index(param) for i, param in enumerate(params) if param in marks}
        if len(set(places.values())) < len(marks):
            raise LookupError("a value has no place of its own in the SQL")
        start, *_ = fields = compiler.klass_info["select_fields"]
        span = slice(start, fields[-1] + 1)
        return _Compiled(
            sql,
            tuple(params),
            places,
            compiler,
            compiler.get_converters([one[0] for one in compiler.select]),
            [one[0].target.attname for one in compiler.select[span]],
            span,
            _PRIVATE.get_related_populators(compiler.klass_info, compiler.select, DEFAULT_DB_ALIAS),
            dict(compiler.annotation_col_map),
        )

    def _converted(
        self, compiled: _Compiled, found: list[Any], connection: BaseDatabaseWrapper
    ) -> list[Any]:
        """Return rows of Python's values, as `SQLCompiler.apply_converters` makes them."""
        if not compiled.converters:
            return found
        rows = [list(row) for row in found]
        for place, (converters, expression) in compiled.converters.items():
            for row in rows:
                for convert in converters:
                    row[place] = convert(row[place], expression, connection)
        return rows

    def _instance(self, compiled: _Compiled, row: Sequence[Any]) -> M:
        model: Any = compiled.compiler.klass_info["model"]
        made: M = model.from_db(DEFAULT_DB_ALIAS, compiled.names, row[compiled.span])
        for populator in compiled.populators:
            populator.populate(row, made)
        for name, place in compiled.annotated.items():
            setattr(made, name, row[place])
        return made
