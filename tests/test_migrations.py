"""The migrations: the tests' own database is made from the models, without them."""

import os
import sqlite3
import subprocess
import sys

import pytest
from django.core.management import call_command
from django.db import connection

from console.labs.trials import temporary_database
from tests.test_project import ROOT

pytestmark = pytest.mark.django_db

NAMES = "SELECT type, name FROM sqlite_master WHERE sql IS NOT NULL AND name != 'django_migrations'"
COLUMNS = "SELECT name, type, [notnull], pk FROM pragma_table_info(?) ORDER BY name"


def schema_of(database):
    """Return each table with its columns, and the names of the indexes."""
    names = database.execute(NAMES).fetchall()
    return {(kind, name): database.execute(COLUMNS, [name]).fetchall() for kind, name in names}


def test_the_models_have_their_migrations():
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


def test_the_migrations_make_the_tables_of_the_models(tmp_path):
    file = tmp_path / "migrated.sqlite3"
    environment = {**os.environ, "DATABASE_URL": f"sqlite:///{file}"}
    environment["DJANGO_SETTINGS_MODULE"] = "console.settings"
    command = [sys.executable, "manage.py", "migrate", "--verbosity", "0"]
    subprocess.run(command, cwd=ROOT, env=environment, check=True)
    with temporary_database():
        connection.ensure_connection()
        of_models = schema_of(connection.connection)
    assert schema_of(sqlite3.connect(file)) == of_models
