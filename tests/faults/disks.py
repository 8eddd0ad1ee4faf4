"""A disk that is full, and one that cannot be written: sentences, and 503 for what writes."""

import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from time import sleep
from typing import Any

from botocore.exceptions import ClientError

from tests.faults.site import FaultySite, kill

_PATIENCE = 30  # seconds
_PAGES = ("/", "/labs/", "/login", "/signin")


@contextmanager
def small_disk(folder: Path, megabytes: int) -> Iterator[Path]:
    """Mount a disk of so many megabytes in memory; needs root."""
    folder.mkdir(parents=True, exist_ok=True)
    options = f"size={megabytes}m"
    subprocess.run(["mount", "-t", "tmpfs", "-o", options, "tmpfs", folder], check=True)  # noqa: S607
    try:
        yield folder
    finally:
        subprocess.run(["umount", "--lazy", folder], check=True)  # noqa: S607


def _fill(home: Path) -> None:
    """Leave no byte of a disk free."""
    with (home / "ballast").open("wb", buffering=0) as ballast:
        try:
            while True:
                ballast.write(b"x" * 4096)
        except OSError:
            return


def _make_read_only(home: Path) -> None:
    """Remount it, once the worker of a killed site has seen that, and has closed its files."""
    remount = ["mount", "-o", "remount,ro", str(home)]
    for _ in range(_PATIENCE):
        if subprocess.run(remount, check=False, capture_output=True).returncode == 0:
            return
        sleep(1)
    subprocess.run(remount, check=True)


@dataclass(frozen=True)
class DiskFault:
    """How a disk is spoiled, and whether it can be while a site has files open on it."""

    spoil: Callable[[Path], None]
    while_it_runs: bool


FAULTS = {
    "full disk": DiskFault(_fill, while_it_runs=True),
    "read-only disk": DiskFault(_make_read_only, while_it_runs=False),
}


def faults_found(site: FaultySite, fault: DiskFault) -> Iterator[str]:
    """Yield what is wrong while the disk of a site is spoiled, and when it is started anew."""
    site.prepare()
    keys = site.make_world()
    with site.served() as server:
        client = site.client("iam", keys)
        client.create_user(UserName="before")
        if fault.while_it_runs:
            fault.spoil(site.home)
            yield from _wrong(site, client, "while it runs")
        kill(server)
    if not fault.while_it_runs:
        fault.spoil(site.home)
    with site.served() as server:
        yield from _wrong(site, site.client("iam", keys), "started anew")
        kill(server)
        said = server.stderr.read() if server.stderr else ""
        if "disk" not in said.lower() and "cannot be written" not in said:
            yield f"serve does not say what is wrong: {said[-300:]!r}"


def _wrong(site: FaultySite, client: Any, when: str) -> Iterator[str]:
    status, text = site.page("/healthz")
    if status != 503 or "." not in text:
        yield f"{when}: /healthz answers {status} {text[:80]!r}"
    for path in _PAGES:
        status, text = site.page(path)
        if status not in {200, 302, 503} or (status == 503 and "make room" not in text):
            yield f"{when}: {path} answers {status} {text[:80]!r}"
    name = when.replace(" ", "-")
    try:
        client.create_user(UserName=name)
        # A disk may have room again for a page of the database, once its journal is read.
        if name not in {user["UserName"] for user in client.list_users()["Users"]}:
            yield f"{when}: a write was acknowledged and is not there"
    except ClientError as error:
        status = error.response["ResponseMetadata"]["HTTPStatusCode"]
        if status != 503 or "room" not in str(error):
            yield f"{when}: a write is answered {status} {error}"


def half_written(home: Path) -> list[str]:
    """Return the drafts of static files that were left behind."""
    return [one.name for one in (home / "static").rglob("tmp*") if one.is_file()]
