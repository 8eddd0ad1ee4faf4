"""A lab begun, undone and started again by its pages, beside its world built by the factories."""

import json
import os
from functools import partial
from ipaddress import ip_address
from itertools import count
from secrets import randbelow
from typing import Any

import django
from django.test.utils import setup_databases, teardown_databases

from tests.bench.at_once import seconds_at_once
from tests.bench.section import Row, Section
from tests.bench.timing import cpu_milliseconds

_STARTS, _WORKERS = 30, 2
_MOST_START, _MOST_RESET, _MOST_SECONDS = 25.0, 50.0, 3.0


def measure() -> list[Section]:
    """Measure in a database of its own, which is gone afterwards."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"
    django.setup()
    made = setup_databases(verbosity=0, interactive=False)
    try:
        return [Section("The lab with the largest world, by its pages", tuple(_by_pages()))]
    finally:
        teardown_databases(made, verbosity=0)


def _start(slug: str) -> Any:
    """Begin a lab as a new guest, each from an address of its own; return the browser."""
    from django.test import Client  # noqa: PLC0415

    # More guests than a school's address may bring at once begin here.
    address = str(ip_address("10.0.0.0") + randbelow(2**24))
    client = Client(SERVER_NAME="localhost", REMOTE_ADDR=address)
    response = client.post(f"/labs/{slug}/start")
    if response.status_code != 302:
        message = f"The start was answered by {response.status_code}."
        raise RuntimeError(message)
    return client


def _largest() -> Any:
    """Return the lab with the largest world."""
    from console.labs.catalog import all_labs  # noqa: PLC0415

    return max(all_labs().values(), key=lambda one: len(json.dumps([one.world, one.history])))


def _write(attempt: Any, number: int) -> None:
    from iam.models import Account, Sandbox  # noqa: PLC0415
    from tests.worlds import World  # noqa: PLC0415

    sandbox = Sandbox.objects.get(pk=attempt.sandbox_id)
    account = Account.in_sandbox(sandbox).order_by("pk")[0]
    World(sandbox, account).do("CreateUser", UserName=f"bench-{number}")


def _by_pages() -> list[Row]:
    from console.labs.attempts import last_writes  # noqa: PLC0415
    from console.labs.models import Attempt  # noqa: PLC0415
    from console.labs.site_users import site_student  # noqa: PLC0415
    from console.labs.worlds import make_lab_world  # noqa: PLC0415

    lab, owner, numbers = _largest(), site_student("bench"), count()
    start = partial(_start, lab.slug)
    client = start()
    attempt = Attempt.objects.get()
    page = f"/labs/a/{attempt.public_id}"

    def undo() -> None:
        client.post(f"{page}/undo", {"step": str(last_writes(attempt)[0].step)})

    times = cpu_milliseconds(
        {
            "its world by the factories": lambda: make_lab_world(lab, f"b{next(numbers)}", owner),
            "start": start,
            "start again": lambda: client.post(f"{page}/restart"),
        }
    )
    for number in range(20):
        _write(attempt, number)
    times |= cpu_milliseconds({"undo": undo})
    most = {"start": _MOST_START, "start again": _MOST_RESET, "undo": _MOST_RESET}
    rows = [Row(f"{name}: CPU", time, "ms", most=most.get(name)) for name, time in times.items()]
    seconds = seconds_at_once(start, _STARTS, _WORKERS)
    name = f"{_STARTS} starts at once, {_WORKERS} workers"
    return [*rows, Row(name, seconds, "s", most=_MOST_SECONDS)]
