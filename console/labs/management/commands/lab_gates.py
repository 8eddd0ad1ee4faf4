"""`manage.py lab_gates`: the gates of a lab that comes as JSON, in limits of time and memory."""

import json
import resource
import sys
from contextlib import suppress
from typing import Any

from django.core.management.base import BaseCommand

from console.labs.authoring.gate_process import CPU_SECONDS, MEMORY_BYTES
from console.labs.files import LabError, lab_of_files
from console.labs.trials import long_faults, temporary_database
from console.labs.worlds import HistoryError


class Command(BaseCommand):
    """Run the gates of one lab for the queue; each line printed is JSON."""

    help = "Read {slug, files} as JSON, print each step of the gates, then the faults."
    requires_system_checks = ()

    def handle(self, *_args: Any, **_options: Any) -> None:
        """Run the gates."""
        limit_resources()
        asked = json.load(sys.stdin)
        try:
            with temporary_database():
                found = faults_of(asked["slug"], asked["files"], self._note)
        except MemoryError:
            self._print({"memory": True})
        else:
            self._print({"faults": found})

    def _note(self, step: str, done: int, steps: int) -> None:
        self._print({"step": step, "done": done, "steps": steps})

    def _print(self, row: dict[str, Any]) -> None:
        self.stdout.write(json.dumps(row))
        self.stdout.flush()


def limit_resources() -> None:
    """Bound this process: beyond its time the system ends it, beyond its memory Python raises."""
    for kind, most in ((resource.RLIMIT_CPU, CPU_SECONDS), (resource.RLIMIT_AS, MEMORY_BYTES)):
        with suppress(ValueError, OSError):  # a system that bounds it lower, or not at all
            resource.setrlimit(kind, (most, most))


def faults_of(slug: str, files: dict[str, str], note: Any) -> list[str]:
    """Return what all gates find; a lab that cannot be begun is a fault, too."""
    try:
        return long_faults(lab_of_files(slug, files), note=note)
    except LabError as error:
        return list(map(str, error.faults))
    except HistoryError as error:
        return [str(error)]
