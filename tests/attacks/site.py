"""A site that is served for an attack and then removed."""

import json
import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.endpoint.serving import ROOT, served


@contextmanager
def _prepared() -> Iterator[dict[str, str]]:
    """Make a site in a folder of its own; yields its environment."""
    with tempfile.TemporaryDirectory() as home:
        own = {"ROLECALL_HOME": home, "DATABASE_URL": os.environ.get("DATABASE_URL", "")}
        for command in ("migrate", "collectstatic"):
            _manage(own, command, "--no-input", "--verbosity", "0")
        yield own


def _manage(own: dict[str, str], *arguments: str) -> str:
    return subprocess.run(
        [sys.executable, "manage.py", *arguments],
        cwd=ROOT,
        env={**os.environ, **own, "DJANGO_SETTINGS_MODULE": "console.settings"},
        check=True,
        stdout=subprocess.PIPE,
        text=True,
    ).stdout


@contextmanager
def served_alone() -> Iterator[tuple[str, str]]:
    """Serve a new database until the end; yields the site's address and a large file's path."""
    with _prepared() as own, served(own) as address:
        yield address, _large_file(Path(own["ROLECALL_HOME"]) / "static")


def costs_of_requests() -> dict[str, float]:
    """Return the CPU seconds of requests that are made to cost much, on a site of its own."""
    script = "from tests.attacks.costs import print_costs; print_costs()"
    with _prepared() as own:
        printed = _manage(
            {**own, "ROLECALL_HOSTS": "testserver"}, "shell", "--no-imports", "-c", script
        )
    found: dict[str, float] = json.loads(printed.splitlines()[-1])
    return found


def _large_file(static: Path) -> str:
    """Return the path of the largest static file that has its hash in its name."""
    hashed = (one for one in static.rglob("*.*") if re.search(r"\.[0-9a-f]{12}\.", one.name))
    largest = max(hashed, key=lambda one: one.stat().st_size)
    return f"/static/{largest.relative_to(static).as_posix()}"
