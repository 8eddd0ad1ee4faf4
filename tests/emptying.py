"""Empties the tables after a test that committed, but for what migrating put there."""

from django.apps import apps
from django.core.management.color import no_style
from django.db import connection
from django.db.models.signals import post_migrate
from django.test import TransactionTestCase

KEPT = {"django_content_type", "auth_permission"}
"""The same after each migration: making them anew takes a tenth of a second."""


def empty_tables(case: TransactionTestCase) -> None:
    """Do what Django's `flush` does, which would make every row of these tables anew."""
    del case
    tables = sorted(set(connection.introspection.django_table_names(only_existing=True)) - KEPT)
    sql = connection.ops.sql_flush(no_style(), tables, reset_sequences=False, allow_cascade=False)
    connection.ops.execute_sql_flush(sql)
    labs = apps.get_app_config("labs")  # whose groups are rows of a table that is emptied
    post_migrate.send(labs, app_config=labs, verbosity=0, interactive=False, using="default")
