"""The site as `make run` serves it, and moto's server, each on a port of its own."""

import json
import os
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from console.management.commands.serve import server_options

ROOT = Path(__file__).resolve().parents[2]
_WORLD = "from tests.bench.wire_world import tell; tell()"


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port: int = probe.getsockname()[1]
        return port


def _wait_for(port: int) -> None:
    for _ in range(1_800):
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
        except OSError:
            time.sleep(0.1)
        else:
            return
    message = f"Nothing answers on port {port}."
    raise RuntimeError(message)


@contextmanager
def _running(command: list[str], port: int, environment: Mapping[str, str]) -> Iterator[int]:
    """Run a server until the end; yields its PID."""
    quiet = subprocess.DEVNULL
    server = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=quiet, stderr=quiet)
    try:
        _wait_for(port)
        yield server.pid
    finally:
        server.terminate()
        server.wait(20)


def _managed(environment: Mapping[str, str], *words: str) -> str:
    command = [sys.executable, "manage.py", *words]
    done = subprocess.run(
        command, cwd=ROOT, env=environment, check=True, capture_output=True, text=True
    )
    return done.stdout


@contextmanager
def site_served(script: str, *, pages: bool = False) -> Iterator[tuple[str, dict[str, Any], int]]:
    """Serve the site on what a script makes; yields its address, what the script tells, its PID.

    The script's last line is JSON. Only where pages are asked for are static files collected.
    """
    port = free_port()
    with ExitStack() as stack:
        home = stack.enter_context(tempfile.TemporaryDirectory())
        environment = {
            **os.environ,
            "ROLECALL_HOME": home,
            "DJANGO_SETTINGS_MODULE": "console.settings",
        }
        _managed(environment, "migrate", "--verbosity", "0")
        if pages:
            _managed(environment, "collectstatic", "--no-input", "--verbosity", "0")
        told = _managed(environment, "shell", "--no-imports", "-c", script)
        options = server_options("127.0.0.1", port)
        command = [sys.executable, "-m", "granian", *options]
        pid = stack.enter_context(_running(command, port, environment))
        yield f"http://127.0.0.1:{port}", json.loads(told.splitlines()[-1]), pid


@dataclass(frozen=True)
class Served:
    """A server that runs: the address of its endpoint, and its PID."""

    endpoint: str
    pid: int


@contextmanager
def both_served() -> Iterator[tuple[dict[str, Any], dict[str, Served]]]:
    """Serve both; yields what is in our world, and the servers."""
    motos = free_port()
    moto = [sys.executable, "-m", "moto.server", "-H", "127.0.0.1", "-p", str(motos)]
    with site_served(_WORLD) as (ours, world, pid), _running(moto, motos, os.environ) as motos_pid:
        yield (
            world,
            {
                "ours": Served(f"{ours}/aws", pid),
                "moto": Served(f"http://127.0.0.1:{motos}", motos_pid),
            },
        )
