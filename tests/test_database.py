"""Statements on their way to SQLite."""

import sqlite3

from django.db.backends.sqlite3.base import SQLiteCursorWrapper
from hypothesis import given
from hypothesis import strategies as st

from console.sqlite.base import Cursor

_PIECES = st.sampled_from(["%s", "%%s", "%%", "?", "SELECT", " ", "'", "é", "(", ", "])


@given(st.lists(_PIECES).map("".join))
def test_a_statement_is_rewritten_as_django_rewrites_it_the_second_time_too(query: str) -> None:
    connection = sqlite3.connect(":memory:")
    expected = connection.cursor(factory=SQLiteCursorWrapper).convert_query(query)
    ours = connection.cursor(factory=Cursor)
    assert [ours.convert_query(query), ours.convert_query(query)] == [expected, expected]


def test_values_are_bound_by_place_and_by_name() -> None:
    cursor = sqlite3.connect(":memory:").cursor(factory=Cursor)
    assert cursor.execute("SELECT %s, '%%'", [1]).fetchall() == [(1, "%")]
    assert cursor.execute("SELECT %(one)s, '%%'", {"one": 1}).fetchall() == [(1, "%")]
