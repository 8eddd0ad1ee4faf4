"""How much is done while everybody else who writes waits."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db import connection


@dataclass
class Length:
    """Of a transaction: its statements, and the values that they write."""

    statements: int = 0
    values: int = 0


def longest_transaction(act: Callable[[], object]) -> Length:
    """Return the longest by statements and by values: a test's transactions are savepoints."""
    lengths = [Length()]
    inside: list[str] = []

    def measure(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        if sql.startswith("SAVEPOINT"):
            if not inside:
                lengths.append(Length())
            inside.append(sql)
        elif sql.startswith(("RELEASE", "ROLLBACK TO")):
            inside.pop()
        elif inside:
            lengths[-1].statements += 1
            lengths[-1].values += 0 if sql.startswith("SELECT") else len(params or ())
        return execute(sql, params, many, context)

    with connection.execute_wrapper(measure):
        act()
    return Length(max(one.statements for one in lengths), max(one.values for one in lengths))
