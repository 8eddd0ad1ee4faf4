#!/usr/bin/env python
"""Run a management command of Rolecall."""

import os
import sys

from django.core.management import execute_from_command_line
from django.db import DatabaseError


def main(arguments: list[str]) -> None:
    """Run a command; where the database has no tables for it, end with a sentence."""
    try:
        execute_from_command_line(arguments)
    except DatabaseError as error:
        from console.pending_migrations import (  # noqa: PLC0415 - settings are read by now
            SENTENCE,
            has_pending_migrations,
            is_missing_table,
        )

        if is_missing_table(error) and has_pending_migrations():
            sys.exit(SENTENCE)
        raise


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "console.settings")
    main(sys.argv)
