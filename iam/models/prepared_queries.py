"""Queries whose SQL is made once: making it takes Django longer than the database to answer."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from django.db import DEFAULT_DB_ALIAS, connection
from django.db.models import Model, QuerySet
from django.db.models.query import get_related_populators

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

    def bound(self, values: Sequence[Any]) -> list[Any]:
        return [
            values[self.places[i]] if i in self.places else kept
            for i, kept in enumerate(self.params)
        ]


def _mark(number: int, value: Any) -> Any:
    """Return a stand-in of a value's type, which occurs nowhere else in a query."""
    return f"\ue000{number}\ue000" if isinstance(value, str) else -(2**62) - number


class Prepared(Generic[M]):
    """A query of texts and numbers, run with the values that its builder takes."""

    def __init__(self, build: Callable[..., QuerySet[M]]) -> None:
        self._build = build
        self._by_vendor: dict[str, _Compiled] = {}

    def rows(self, *values: str | int) -> list[M]:
        """Return what the database answers for these values, as the query set would."""
        compiled = self._by_vendor.get(connection.vendor)
        if compiled is None:
            compiled = self._by_vendor[connection.vendor] = self._compile(values)
        with connection.cursor() as cursor:
            cursor.execute(compiled.sql, compiled.bound(values))
            found = cursor.fetchall()
        return [self._instance(compiled, row) for row in self._converted(compiled, found)]

    def first(self, *values: str | int) -> M | None:
        """Return the first row; the query itself says how many there are at most."""
        found = self.rows(*values)
        return found[0] if found else None

    def _compile(self, values: Sequence[Any]) -> _Compiled:
        marks = [_mark(number, value) for number, value in enumerate(values)]
        compiler: Any = self._build(*marks).query.get_compiler(connection=connection)
        sql, params = compiler.as_sql()
        populators: Any = get_related_populators  # the stubs are of a later Django
        start, *_ = fields = compiler.klass_info["select_fields"]
        span = slice(start, fields[-1] + 1)
        return _Compiled(
            sql,
            tuple(params),
            {i: marks.index(param) for i, param in enumerate(params) if param in marks},
            compiler,
            compiler.get_converters([one[0] for one in compiler.select]),
            [one[0].target.attname for one in compiler.select[span]],
            span,
            populators(compiler.klass_info, compiler.select, DEFAULT_DB_ALIAS),
        )

    def _converted(self, compiled: _Compiled, found: list[Any]) -> list[Any]:
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
        return made
