"""`manage.py migrate`: as Django has it, but quick for a database that is empty."""

from typing import Any

from django.apps import apps
from django.core.management.commands.migrate import Command as MigrateCommand
from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder


class Command(MigrateCommand):
    """Make the tables of an empty database from the models, and record the migrations as applied.

    One migration after the other takes five times as long, and a newcomer waits for the first
    start. `tests/test_migrations.py` holds that both ways lead to the same tables.
    """

    def handle(self, *args: Any, **options: Any) -> None:
        """Do as Django does wherever there is a table or a wish, such as an app or `--fake`."""
        connection = connections[options["database"]]
        wishes = ("app_label", "fake", "fake_initial", "plan", "run_syncdb", "check_unapplied")
        plain = not any(options[wish] for wish in wishes)
        if plain and not connection.introspection.table_names():
            _make_tables(connection)
        super().handle(*args, **options)


def _make_tables(connection: BaseDatabaseWrapper) -> None:
    """Make every table, and the record, in one transaction: a start that is cut off leaves none."""
    recorder = MigrationRecorder(connection)
    with connection.schema_editor() as editor:
        for model in apps.get_models():
            if model._meta.can_migrate(connection):
                editor.create_model(model)
        recorder.ensure_schema()
        for app, name in MigrationLoader(connection).graph.nodes:
            recorder.record_applied(app, name)
