"""A database that is busy with somebody else's writes."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import OperationalError, connection

_WRITES = "INSERT", "UPDATE", "DELETE", "SAVEPOINT", "REPLACE"


@contextmanager
def locked() -> Iterator[None]:
    """Let every write fail as SQLite's does once it has waited for another's lock in vain."""

    def refuse(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        if sql.lstrip().startswith(_WRITES):
            raise OperationalError("database is locked")
        return execute(sql, params, many, context)

    with connection.execute_wrapper(refuse):
        yield
