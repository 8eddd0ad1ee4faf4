"""Placeholders of a statement to SQLite, rewritten by our cursor and by Django's."""

import sqlite3
from functools import partial

from django.db.backends.sqlite3.base import SQLiteCursorWrapper

from console.sqlite.base import Cursor
from tests.bench.section import Row, Section
from tests.bench.timing import side_by_side

_LEAST = 10.0
# AssumeRole sends three statements, the longest with 1,700 characters.
_COLUMNS = ", ".join(f'"iam_role"."column_{number}"' for number in range(60))
_STATEMENT = f'SELECT {_COLUMNS} FROM "iam_role" WHERE "a" = %s AND "b" = %s LIMIT 1'  # noqa: S608


def measure() -> list[Section]:
    """Time both on one statement, and tell what ours spares."""
    database = sqlite3.connect(":memory:")
    cursors = {"ours": Cursor(database), "Django's": SQLiteCursorWrapper(database)}
    timed = side_by_side(
        {name: partial(cursor.convert_query, _STATEMENT) for name, cursor in cursors.items()}
    )
    rates = [Row(name, timed.per_second(name), "statements/s") for name in cursors]
    spared = 1e6 / timed.per_second("Django's") - 1e6 / timed.per_second("ours")
    ratio = timed.ratio("ours", "Django's")
    return [
        Section(
            "Statements to SQLite",
            (
                *rates,
                Row("spared by ours", spared, "µs a statement"),
                Row("ours to Django's", ratio, "times", least=_LEAST),
            ),
        )
    ]
