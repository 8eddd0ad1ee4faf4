"""`manage.py evaluate`: JSON lines in, one decision a line out."""

import sys
from typing import Any

from django.core.management.base import BaseCommand

from iam.engine.evaluation import evaluate_text


class Command(BaseCommand):
    """Decide each line of standard input as the contracts of the design say."""

    help = "Read requests with their policies as JSON lines; write one decision a line."
    requires_system_checks: list[str] = []
    requires_migrations_checks = False

    def handle(self, *args: Any, **options: Any) -> None:
        """Answer each line that is not blank as soon as it is read."""
        for line in sys.stdin.buffer:
            if line.strip():
                self.stdout.write(evaluate_text(line))
                self.stdout.flush()
