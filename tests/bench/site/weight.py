"""What a page asks for, what a first visit weighs, and how long a second start takes."""

import gzip
import os
import re
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path
from urllib.parse import urlsplit

from tests.bench.processes import cpu_seconds
from tests.bench.section import Row, Section
from tests.bench.site import worlds
from tests.bench.site.browser import Browser, bench_database, signed_in
from tests.bench.wire_servers import ROOT, free_port

_MOST_REQUESTS, _MOST_KILOBYTES, _MOST_SECONDS = 12, 45.0, 3.0
_ASKED = re.compile(r'(?:src|href)="(/static/[^"#]+)')
_PAGES = {
    "start": "/",
    "labs": "/labs/",
    "roles": "/iam/roles",
    "policies": "/iam/policies",
    "policy editor": "/iam/policies/create",
}
_FIRST = ("start", "labs", "roles")
"""What a browser loads that comes in by one of these, and keeps nothing from before."""
_ANSWERS = 60
_OF_START = (
    "`serve` takes 2.7 s of CPU until Django is set up and 0.9 to see that nothing is to migrate, "
    "and each worker 2.7 and then 2.8 for the site's own modules, on a machine 2.4 times as slow"
)


def measure() -> list[Section]:
    """Collect static files into a folder of the bench's own, and start a site in another."""
    with bench_database():
        world = worlds.filled("wire", "111122223333", worlds.FEW, worlds.FEW)
        weights = tuple(_weights(signed_in(world)))
    return [Section("On the wire", weights), Section("Starting", tuple(_started()))]


def _weights(browser: Browser) -> list[Row]:
    from django.conf import settings  # noqa: PLC0415
    from django.core.management import call_command  # noqa: PLC0415
    from django.test import override_settings  # noqa: PLC0415

    backend = {"BACKEND": "console.page_files.CollectedStorage"}
    storages = {**settings.STORAGES, "staticfiles": backend}
    rows, weights = [], []
    with (
        tempfile.TemporaryDirectory() as folder,
        override_settings(STORAGES=storages, STATIC_ROOT=folder),
    ):
        call_command("collectstatic", interactive=False, verbosity=0)
        for name, url in _PAGES.items():
            page = browser.get(url)
            asked = set(_ASKED.findall(page.decode()))
            rows.append(Row(f"{name}: requests", 1 + len(asked), "", most=_MOST_REQUESTS))
            if name in _FIRST:
                sizes = {one: _weight(Path(folder), one) for one in asked}
                code = sum(size for one, size in sizes.items() if one.endswith((".css", ".js")))
                everything = sum(sizes.values()) + len(gzip.compress(page))
                weights += [
                    Row(f"{name}: htmx, scripts, styles", code / 1_000, "kB", most=_MOST_KILOBYTES),
                    Row(f"{name}: with page and pictures", everything / 1_000, "kB"),
                ]
    return [*rows, *weights]


def _weight(folder: Path, url: str) -> int:
    """Return how many bytes are sent for a file: its compressed neighbor, if it has one."""
    path = folder / urlsplit(url).path.removeprefix("/static/")
    packed = path.with_name(f"{path.name}.gz")
    return (packed if packed.exists() else path).stat().st_size


def _started() -> list[Row]:
    with tempfile.TemporaryDirectory() as home:
        (first, _), (second, cpu) = _start(home), _start(home)
    return [
        Row("first start", first, "s"),
        Row("second start", second, "s", most=_MOST_SECONDS, reason=_OF_START),
        Row("second start: CPU of all processes", cpu, "s"),
    ]


def _start(home: str) -> tuple[float, float]:
    """Return how long a start takes until it answers, and the CPU time of all its processes."""
    port = free_port()
    environment = {
        **os.environ,
        "ROLECALL_HOME": home,
        "PORT": str(port),
        "DJANGO_SETTINGS_MODULE": "console.settings",
    }
    quiet, began = subprocess.DEVNULL, time.perf_counter()
    server = subprocess.Popen(
        [sys.executable, "manage.py", "serve"],
        cwd=ROOT,
        env=environment,
        stdout=quiet,
        stderr=quiet,
    )
    try:
        while not _answers(port):
            if time.perf_counter() - began > _ANSWERS:
                message = "The site did not start."
                raise RuntimeError(message)
            time.sleep(0.05)
        return time.perf_counter() - began, cpu_seconds(server.pid)
    finally:
        server.terminate()
        server.wait(20)


def _answers(port: int) -> bool:
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=20) as answer:
            return bool(answer.status == 200)
    except OSError:
        return False
