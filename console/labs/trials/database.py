"""A database that holds a trial and nothing else: SQLite in memory, gone with the command."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.core.management import call_command
from django.db import connections


@contextmanager
def temporary_database() -> Iterator[None]:
    """Use an empty, migrated database in memory in the place of the site's."""
    site = connections["default"]
    settings = {**connections.settings["default"], "NAME": ":memory:"}
    settings["ENGINE"] = "django.db.backends.sqlite3"
    settings["OPTIONS"] = {}
    del connections["default"]
    connections.settings["default"], kept = settings, connections.settings["default"]
    try:
        call_command("migrate", verbosity=0)
        yield
    finally:
        connections["default"].close()
        connections.settings["default"] = kept
        connections["default"] = site
