"""The database backend of the settings: Django's own, with another cursor."""

from collections.abc import Sequence
from datetime import datetime
from functools import lru_cache
from typing import Any

from django.db.backends.sqlite3 import base
from django.db.backends.sqlite3.operations import DatabaseOperations

from console.stored_text import check_json

_STATEMENTS_KEPT = 1024


@lru_cache(maxsize=_STATEMENTS_KEPT)
def _with_question_marks(query: str) -> str:
    return base.FORMAT_QMARK_REGEX.sub("?", query).replace("%%", "%")


class Cursor(base.SQLiteCursorWrapper):
    """A cursor that caches rewritten statements."""

    def convert_query(self, query: str, *, param_names: Sequence[str] | None = None) -> str:
        """Return a statement with SQLite's placeholders in place of Python's."""
        if param_names is None:
            return _with_question_marks(query)
        converted: str = super().convert_query(query, param_names=param_names)
        return converted


class Operations(DatabaseOperations):
    """Django's, which convert times sooner, and refuse JSON that others refuse."""

    def adapt_json_value(self, value: Any, encoder: Any) -> Any:
        """Return JSON as it is stored; raises UnstorableText."""
        check_json(value)
        return super().adapt_json_value(value, encoder)

    def convert_datetimefield_value(self, value: Any, expression: Any, connection: Any) -> Any:
        """Return a time as an aware one; a column's is read already, by its type."""
        if type(value) is datetime and value.tzinfo is None:
            return value.replace(tzinfo=self.connection.timezone)
        return super().convert_datetimefield_value(value, expression, connection)


class DatabaseWrapper(base.DatabaseWrapper):
    """Django's connection to SQLite, with these cursors and operations."""

    ops_class = Operations

    def create_cursor(self, name: str | None = None) -> Any:
        return self.connection.cursor(factory=Cursor)
