"""A site that is served for an attack and then removed."""

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
def served_alone() -> Iterator[tuple[str, str]]:
    """Serve a new database until the end; yields the site's address and a large file's path."""
    with tempfile.TemporaryDirectory() as home:
        own = {"ROLECALL_HOME": home, "DATABASE_URL": ""}
        for command in ("migrate", "collectstatic"):
            subprocess.run(
                [sys.executable, "manage.py", command, "--no-input", "--verbosity", "0"],
                cwd=ROOT,
                env={**os.environ, **own, "DJANGO_SETTINGS_MODULE": "console.settings"},
                check=True,
            )
        with served(own) as address:
            yield address, _large_file(Path(home) / "static")


def _large_file(static: Path) -> str:
    """Return the path of the largest static file that has its hash in its name."""
    hashed = (one for one in static.rglob("*.*") if re.search(r"\.[0-9a-f]{12}\.", one.name))
    largest = max(hashed, key=lambda one: one.stat().st_size)
    return f"/static/{largest.relative_to(static).as_posix()}"
