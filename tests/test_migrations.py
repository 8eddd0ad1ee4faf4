"""The migrations: the tests' own database is made from the models, without them."""

import os
import sqlite3
import subprocess
import sys

import pytest
from django.core.management import call_command

from tests.test_project import ROOT

NAMES = "SELECT type, name, sql FROM sqlite_master WHERE sql IS NOT NULL"
APPLIED = "SELECT app, name FROM django_migrations ORDER BY app, name"
GROUPS = "SELECT name FROM auth_group ORDER BY name"
ONE_BY_ONE = """
import django
django.setup()
from django.core.management import call_command
from django.core.management.commands.migrate import Command
call_command(Command(), verbosity=0)
"""


def made_by(file, *command):
    """Return a database that a command of another process made, as what can be compared.

    The columns of a table have another order where migrations added them one by one.
    """
    environment = {**os.environ, "DATABASE_URL": f"sqlite:///{file}"}
    environment["DJANGO_SETTINGS_MODULE"] = "console.settings"
    subprocess.run([sys.executable, *command], cwd=ROOT, env=environment, check=True)
    database = sqlite3.connect(file)
    schema = {(kind, name): _parts(sql) for kind, name, sql in database.execute(NAMES)}
    return schema, *(database.execute(query).fetchall() for query in (APPLIED, GROUPS))


def _parts(sql):
    head, _, body = sql.partition(" (")
    return head, sorted(body.removesuffix(")").split(", "))


@pytest.mark.django_db
def test_the_models_have_their_migrations():
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


def test_an_empty_database_gets_the_tables_that_the_migrations_make(tmp_path):
    at_once = made_by(tmp_path / "at_once.sqlite3", "manage.py", "migrate", "--verbosity", "0")
    one_by_one = made_by(tmp_path / "one_by_one.sqlite3", "-c", ONE_BY_ONE)
    assert at_once == one_by_one
    again = made_by(tmp_path / "at_once.sqlite3", "manage.py", "migrate", "--verbosity", "0")
    assert again == at_once
