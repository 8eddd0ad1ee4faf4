"""A command that fails because nobody has made the tables of this version yet."""

from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor

SENTENCE = (
    "This site's database does not have the tables of this version. `manage.py migrate` makes them,"
    " and `make run` does it by itself."
)


def has_pending_migrations() -> bool:
    """Return whether the database is older than the code."""
    try:
        executor = MigrationExecutor(connection)
        return bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))
    except DatabaseError:
        return False


def is_missing_table(error: DatabaseError) -> bool:
    """Return whether a table or column is missing, as SQLite and PostgreSQL word it."""
    text = str(error)
    return "no such table" in text or "no such column" in text or "does not exist" in text
