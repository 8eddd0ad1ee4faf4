"""A database that holds a trial and nothing else: SQLite in memory, gone with the command."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.apps import apps
from django.core.management.sql import emit_post_migrate_signal
from django.db import connections


@contextmanager
def temporary_database() -> Iterator[None]:
    """Use an empty database in memory in the place of the site's.

    Its tables are made from the models: the migrations would take ten seconds.
    """
    site = connections["default"]
    settings = {**connections.settings["default"], "NAME": ":memory:"}
    settings["ENGINE"] = "django.db.backends.sqlite3"
    settings["OPTIONS"] = {}
    del connections["default"]
    connections.settings["default"], kept = settings, connections.settings["default"]
    try:
        with connections["default"].schema_editor() as editor:
            for model in apps.get_models():
                editor.create_model(model)
        emit_post_migrate_signal(verbosity=0, interactive=False, db="default")
        yield
    finally:
        connections["default"].close()
        connections.settings["default"] = kept
        connections["default"] = site
