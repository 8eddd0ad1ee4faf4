"""`manage.py operations`: the table of what the endpoint offers, written anew."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand

from console.endpoint.operations import operations_table

TABLE = Path(__file__).parents[2] / "endpoint" / "OPERATIONS.md"


class Command(BaseCommand):
    """Write OPERATIONS.md beside the endpoint's code."""

    help = "Write the table of AWS's operations: supported, partly, refused."
    requires_system_checks: list[str] = []
    requires_migrations_checks = False

    def handle(self, *args: Any, **options: Any) -> None:
        TABLE.write_text(operations_table(), encoding="utf-8")
        self.stdout.write(f"{TABLE.name} is written.")
