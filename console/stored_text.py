"""Texts that not every database stores: with NUL in them, or with half of a surrogate pair.

SQLite takes NUL in a text, and both as JSON; PostgreSQL takes neither. Every statement passes
here, so both databases refuse the same, whichever door a text came in by; as Django does with
anything suspicious, the site answers 400.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from django.core.exceptions import SuspiciousOperation
from django.db import DataError
from django.db.backends.base.base import BaseDatabaseWrapper

_ODD = re.compile("[\0\ud800-\udfff]")


class UnstorableText(SuspiciousOperation):
    """A text that cannot be stored."""

    def __init__(self) -> None:
        super().__init__("There is a character that cannot be stored: NUL, or half of a pair.")


def check_json(value: Any) -> None:
    """Raise UnstorableText for a text or key in what is stored as JSON."""
    if isinstance(value, str):
        _check(value)
    elif isinstance(value, Mapping):
        for key, inner in value.items():
            check_json(key)
            check_json(inner)
    elif isinstance(value, list | tuple):
        for inner in value:
            check_json(inner)


def check_every_statement(connection: BaseDatabaseWrapper, **_signal: Any) -> None:
    """Let a new connection refuse statements with such a text."""
    if _checked not in connection.execute_wrappers:
        connection.execute_wrappers.append(_checked)


def _checked(
    execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Mapping[str, Any]
) -> Any:
    for row in params if many else (params,):
        values: Iterable[Any] = row.values() if isinstance(row, dict) else row or ()
        for value in values:
            if isinstance(value, str):
                _check(value)
    try:
        return execute(sql, params, many, context)
    except DataError as error:  # JSON on PostgreSQL, which reads it itself
        raise UnstorableText from error


def _check(text: str) -> None:
    if "\0" in text or not (text.isascii() or _ODD.search(text) is None):
        raise UnstorableText
