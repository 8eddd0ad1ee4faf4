"""Primary keys of rows that are about to be inserted, taken for all tables in one statement."""

from collections.abc import Mapping

from django.db import connection

from console.labs.rows.tables import Model

Keys = dict[Model, list[int]]


def reserve_keys(counts: Mapping[Model, int]) -> Keys:
    """Return as many new primary keys of each model as are wanted, in rising order.

    To be called in the transaction that inserts the rows.
    """
    wanted = {model._meta.db_table: model for model, count in counts.items() if count}
    if not wanted:
        return {}
    reserve = _by_sequences if connection.vendor == "postgresql" else _by_last_keys
    keys = reserve({table: counts[model] for table, model in wanted.items()})
    return {wanted[table]: sorted(found) for table, found in keys.items()}


def _by_last_keys(counts: Mapping[str, int]) -> dict[str, list[int]]:
    """Return what comes after the last keys: in SQLite a transaction that writes is alone."""
    places = ", ".join(["%s"] * len(counts))
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT name, seq FROM sqlite_sequence WHERE name IN ({places})",  # noqa: S608
            list(counts),
        )
        last = dict(cursor.fetchall())
    return {
        table: [last.get(table, 0) + number for number in range(1, count + 1)]
        for table, count in counts.items()
    }


def _by_sequences(counts: Mapping[str, int]) -> dict[str, list[int]]:
    """Return what the tables' sequences give out."""
    one = "SELECT %s::text, nextval(pg_get_serial_sequence(%s, 'id')) FROM generate_series(1, %s)"
    values = [value for table, count in counts.items() for value in (table, table, count)]
    found: dict[str, list[int]] = {table: [] for table in counts}
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join([one] * len(counts)), values)
        for table, key in cursor.fetchall():
            found[table].append(key)
    return found
