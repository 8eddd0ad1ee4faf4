"""A site of its own that can be killed, with an administrator's keys to it."""

import json
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import boto3
import urllib3
from botocore.config import Config
from urllib3.util import Retry

ROOT = Path(__file__).resolve().parents[2]
_PATIENCE = Retry(total=1_200, backoff_factor=0.05, backoff_max=0.5)


class FaultySite:
    """A site in a folder, on SQLite or on the database that an address names."""

    def __init__(self, home: Path, database: str = "") -> None:
        with socket.create_server(("127.0.0.1", 0)) as probe:
            self.port = int(probe.getsockname()[1])
        self.home = home
        self.environment = {
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "console.settings",
            "ROLECALL_HOME": str(home),
            "DATABASE_URL": database,
            "HOST": "127.0.0.1",
            "PORT": str(self.port),
        }

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def manage(self, *arguments: str) -> str:
        """Run a command of manage.py; return what it printed."""
        run = subprocess.run(
            [sys.executable, "manage.py", *arguments],
            cwd=ROOT, env=self.environment, check=True, capture_output=True, text=True,
        )  # fmt: skip
        return run.stdout

    def prepare(self) -> None:
        self.manage("migrate", "--verbosity", "0")
        self.manage("collectstatic", "--no-input", "--verbosity", "0")

    def make_world(self) -> dict[str, Any]:
        """Make a world; return the keys of its administrator."""
        script = "from tests.faults.world import print_world; print_world()"
        found: dict[str, Any] = json.loads(self.manage("shell", "--no-imports", "-c", script))
        return found

    @contextmanager
    def served(self) -> Iterator["subprocess.Popen[str]"]:
        """Serve as `make run` does until the end, or until it is killed; yields the process."""
        server = subprocess.Popen(
            [sys.executable, "manage.py", "serve"],
            cwd=ROOT, env=self.environment, start_new_session=True, text=True,
            stdout=subprocess.DEVNULL, stderr=subprocess.PIPE,
        )  # fmt: skip
        try:
            with urllib3.PoolManager() as pool:
                try:
                    pool.request("GET", f"{self.address}/healthz", retries=_PATIENCE)
                except urllib3.exceptions.MaxRetryError as error:
                    kill(server)
                    error.add_note(server.stderr.read() if server.stderr else "")
                    raise
            yield server
        finally:
            kill(server)

    def client(self, service: str, keys: dict[str, Any]) -> Any:
        """Return a client of AWS's that asks once: what it is not answered may have been done."""
        return boto3.client(
            service,
            endpoint_url=f"{self.address}/aws",
            region_name="us-east-1",
            aws_access_key_id=keys["id"],
            aws_secret_access_key=keys["secret"],
            config=Config(retries={"total_max_attempts": 1}, read_timeout=20, connect_timeout=5),
        )

    def page(self, path: str) -> tuple[int, str]:
        """Return the status of a page, and what it says."""
        with urllib3.PoolManager(retries=False, timeout=20) as pool:
            response = pool.request("GET", self.address + path)
            return response.status, response.data.decode("utf-8", "replace")


def kill(server: "subprocess.Popen[str]") -> None:
    """End the server, its workers and its keeper at once, without a word."""
    with suppress(ProcessLookupError):
        os.killpg(server.pid, signal.SIGKILL)
    server.wait(20)
