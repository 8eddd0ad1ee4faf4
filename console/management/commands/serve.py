"""`manage.py serve`: what `make run` runs once the packages are there."""

import os
import socket
import sys
from io import StringIO
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError

from console.disk_faults import SENTENCE as DISK_SENTENCE
from console.disk_faults import disk_fault, is_disk_fault
from console.outages import AWAY, outage_of
from console.page_files import are_collected
from console.queue.keeper import start_keeper


class Command(BaseCommand):
    """Migrate, collect static files, seed the demo once, and serve until stopped, with a worker."""

    help = "Prepare the site and serve it on $HOST:$PORT (127.0.0.1:8000)."

    def handle(self, *_args: Any, **_options: Any) -> None:
        """Replace this process by the server, so that a signal reaches it directly."""
        host, port = settings.LISTEN_HOST, _port()
        _require_free(host, port)
        migrated = self._prepare("migrate", verbosity=0)
        if not are_collected():
            self._prepare("collectstatic", interactive=False, verbosity=0)
        told = StringIO()
        if migrated:
            self._prepare("first_run", stdout=told)
        if wrong := disk_fault(settings.HOME):
            self.stderr.write(f"{wrong} Pages show what is there; nothing can be changed.")
        self.stdout.write("Rolecall starts. It says here where it is once it answers.")
        self.stdout.flush()
        start_keeper(host, port, f"{told.getvalue()}Stop with Ctrl-C.")
        command = [sys.executable, "-m", "granian", *server_options(host, port)]
        os.execv(sys.executable, command)  # noqa: S606

    def _prepare(self, command: str, **options: Any) -> bool:
        """Run a command; where the disk is at fault, say so, return that, serve what is there."""
        try:
            call_command(command, **options)
        except (OSError, DatabaseError) as error:
            if outage_of(error) is AWAY:
                message = f"The database that DATABASE_URL names cannot be used: {error}"
                raise CommandError(message.strip()) from error
            if not is_disk_fault(error):
                raise
            self.stderr.write(f"{command} was not done: {error}. {DISK_SENTENCE}")
            return False
        return True


def _port() -> int:
    written = settings.LISTEN_PORT
    if not written.isascii() or not written.isdigit() or not 0 < int(written) < 65536:
        message = f"PORT is `{written}`: it must be a number from 1 to 65535."
        raise CommandError(message)
    return int(written)


def _require_free(host: str, port: int) -> None:
    """Refuse to start, before anything is prepared, where something else listens already."""
    try:
        family, _, _, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        with socket.socket(family, socket.SOCK_STREAM) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(address)
    except OSError as error:
        message = (
            f"Cannot listen on {host}:{port}: {error.strerror or error}. "
            f"Stop what uses it, or choose another port: PORT={port + 1} make run"
        )
        raise CommandError(message) from error


def server_options(host: str, port: int) -> list[str]:
    return [
        *("--interface", "rsgi"),
        *("--http", "1"),
        "--no-ws",
        *("--host", host),
        *("--port", str(port)),
        *("--workers", "2"),
        # A stalled upload takes a place here until its deadline, and no thread.
        *("--backlog", "2048"),
        *("--backpressure", "2048"),
        # Ctrl-C reaches a worker twice, from the terminal and from Granian: some then never end.
        *("--workers-kill-timeout", "2"),
        *("--log-level", "warning"),
        "--respawn-failed-workers",
        "console.server.application:application",
    ]
