"""The pages of a class of 500, as its teacher opens them: what each costs the server, its size."""

import os
import re
from collections.abc import Callable
from datetime import timedelta
from functools import partial
from html import unescape
from typing import Any

import django
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext, setup_databases, teardown_databases
from django.utils import timezone

from tests.bench.section import Row, Section
from tests.bench.timing import cpu_milliseconds

_STUDENTS = 500
_MOST_MATRIX, _MOST_KILOBYTES, _MOST_POLL = 60.0, 60.0, 3.0
_PAGES = {
    "matrix": "teach_class",
    "gradebook": "teach_gradebook",
    "misconceptions": "teach_misconceptions",
    "roster": "teach_roster",
    "assignments": "teach_assignments",
}
_POLLED = re.compile(r'hx-get="([^"]+/changes[^"]*)"')


def measure() -> list[Section]:
    """Measure in a database of its own, which is gone afterwards."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"
    django.setup()
    made = setup_databases(verbosity=0, interactive=False)
    try:
        return [Section(f"Pages of a class of {_STUDENTS}", tuple(_of_teacher()))]
    finally:
        teardown_databases(made, verbosity=0)


def _class() -> Any:
    """Make the class; whoever works in it is there as long as the bench runs."""
    from console.classes.models import Class  # noqa: PLC0415
    from console.labs.models import Activity  # noqa: PLC0415
    from console.labs.site_users import site_student  # noqa: PLC0415

    site_student("bench")
    words = ("--students", str(_STUDENTS), "--owner", "bench")
    with open(os.devnull, "w") as nowhere:  # noqa: PTH123
        call_command("class", "demo", *words, stdout=nowhere, stderr=nowhere)
    here = Activity.objects.exclude(seen_at=None)
    here.update(seen_at=timezone.now() + timedelta(hours=1))
    return Class.objects.get()


def _queries(run: Callable[[], object]) -> int:
    with CaptureQueriesContext(connection) as captured:
        run()
    return len(captured)


def _of_teacher() -> list[Row]:
    from django.contrib.auth.models import User  # noqa: PLC0415
    from django.test import Client  # noqa: PLC0415
    from django.urls import reverse  # noqa: PLC0415

    course_class = _class()
    client = Client(SERVER_NAME="localhost")
    client.force_login(User.objects.get(username="bench"))
    one = course_class.enrollments.order_by("pk").first()
    urls = {name: reverse(url, args=[course_class.public_id]) for name, url in _PAGES.items()}
    urls["a student"] = reverse("teach_student", args=[course_class.public_id, one.public_id])
    pages = {name: partial(client.get, url) for name, url in urls.items()}
    polled = unescape(_POLLED.findall(client.get(urls["matrix"]).content.decode())[0])

    def poll() -> None:
        url = re.sub(r"\bminute=\d+", f"minute={timezone.now().minute}", polled)
        if client.get(url).status_code != 204:
            message = "A poll without change was not answered by 204."
            raise RuntimeError(message)

    times = cpu_milliseconds({**pages, "poll": poll})
    rows = [
        Row("a poll without change: CPU", times["poll"], "ms", most=_MOST_POLL),
        Row("a poll without change: queries", _queries(poll), ""),
    ]
    for name, page in pages.items():
        is_matrix = name == "matrix"
        size = len(page().content) / 1_000
        rows += [
            Row(f"{name}: CPU", times[name], "ms", most=_MOST_MATRIX if is_matrix else None),
            Row(f"{name}: size", size, "kB", most=_MOST_KILOBYTES if is_matrix else None),
            Row(f"{name}: queries", _queries(page), ""),
        ]
    return rows
