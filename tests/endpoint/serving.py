"""The site as `make run` serves it, on the tests' database."""

import logging
import os
import socket
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

import urllib3
from django.conf import settings
from django.db import connection
from urllib3.util import Retry

from console.management.commands.serve import server_options

# Five minutes, at half-second steps, and no line in the log for each.
_PATIENCE = Retry(total=600, backoff_factor=0.05, backoff_max=0.5)
logging.getLogger("urllib3.connectionpool").setLevel(logging.ERROR)
ROOT = Path(__file__).resolve().parents[2]


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port: int = probe.getsockname()[1]
        return port


def database_url() -> str:
    """Return the address of the database that the tests use."""
    said = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{said['NAME']}"
    who = f"{said['USER']}:{said['PASSWORD']}@" if said["USER"] else ""
    host = quote(said["HOST"], safe="")  # a socket's folder, perhaps
    port = f":{said['PORT']}" if said["PORT"] else ""
    return f"postgres://{who}{host}{port}/{said['NAME']}"


@contextmanager
def served(environment: Mapping[str, str] | None = None) -> Iterator[str]:
    """Serve the tests' database, or what the environment names; yields the site's address."""
    port = _free_port()
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "console.settings",
        **(environment or {"DATABASE_URL": database_url(), "ROLECALL_HOME": str(settings.HOME)}),
    }
    command = [sys.executable, "-m", "granian", *server_options("127.0.0.1", port)]
    server = subprocess.Popen(command, cwd=ROOT, env=environment)
    try:
        address = f"http://127.0.0.1:{port}"
        with urllib3.PoolManager() as pool:
            pool.request("GET", f"{address}/aws", retries=_PATIENCE)
        yield address
    finally:
        server.terminate()
        server.wait(20)
