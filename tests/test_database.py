"""Statements on their way to SQLite, and times on their way back."""

import sqlite3

import pytest
from django.db import connection
from django.db.backends.sqlite3.base import SQLiteCursorWrapper
from django.db.backends.sqlite3.operations import DatabaseOperations
from hypothesis import given
from hypothesis import strategies as st

from console.sqlite.base import Cursor, Operations

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


@pytest.mark.parametrize(
    "written",
    [None, "2026-05-28 12:00:00", "2026-05-28 12:00:00.000001", "2026-05-28 12:00:00+02:00"],
)
def test_a_time_is_read_as_django_reads_it(written: str | None) -> None:
    ours, djangos = Operations(connection), DatabaseOperations(connection)
    read, expected = (
        one.convert_datetimefield_value(written, None, connection) for one in (ours, djangos)
    )
    assert (read, read and read.utcoffset()) == (expected, expected and expected.utcoffset())
