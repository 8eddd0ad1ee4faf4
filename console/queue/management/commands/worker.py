"""`manage.py worker`: performs the queue's jobs until stopped."""

import signal
import sys
from argparse import ArgumentParser
from threading import Event
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from console.queue.keeper import ALREADY_RUNS
from console.queue.only_worker import WorkerRuns
from console.queue.worker import run_worker


class Command(BaseCommand):
    """Perform what was put off: one worker a site; `serve` starts one by itself."""

    help = "Perform the queue's jobs until stopped. `manage.py serve` starts a worker by itself."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Add the process with which a worker ends."""
        parser.add_argument("--keeper", type=int, help="a process: the worker ends when it does")

    def handle(self, *_args: Any, keeper: int | None, **_options: Any) -> None:
        """Work until Ctrl-C or SIGTERM."""
        stopping = Event()
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, lambda *_: stopping.set())
        if keeper is None:
            self.stdout.write("Stop with Ctrl-C.")
        try:
            run_worker(stopping, keeper)
        except WorkerRuns:
            if keeper is not None:
                sys.exit(ALREADY_RUNS)
            message = "This site has a worker already: `manage.py serve` starts one."
            raise CommandError(message, returncode=ALREADY_RUNS) from None
