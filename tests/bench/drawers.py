"""What a lab adds to its student's calls, and what open drawers cost that ask for news."""

import os
from collections.abc import Callable
from itertools import count

import django
from django.db import connection
from django.http import HttpResponse
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext, setup_databases, teardown_databases

from tests.bench.section import Row, Section
from tests.bench.timing import cpu_milliseconds

_MOST_WRITE, _MOST_POLL, _MOST_CORE = 10.0, 1.0, 10.0
_DRAWERS, _SECONDS = 500, 5


def measure() -> list[Section]:
    """Measure in a database of its own, which is gone afterwards."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"
    django.setup()
    made = setup_databases(verbosity=0, interactive=False)
    try:
        return [
            Section("A call of a lab's student", tuple(_calls())),
            Section("Open drawers that ask for news", tuple(_polls())),
        ]
    finally:
        teardown_databases(made, verbosity=0)


def _queries(run: Callable[[], object]) -> int:
    with CaptureQueriesContext(connection) as captured:
        run()
    return len(captured)


def _calls() -> list[Row]:
    from console.labs.attempts import begin_attempt  # noqa: PLC0415
    from console.labs.catalog import all_labs  # noqa: PLC0415
    from console.labs.site_users import site_student  # noqa: PLC0415
    from console.labs.visits import after_visit  # noqa: PLC0415
    from iam.models import Account, Sandbox  # noqa: PLC0415
    from iam.perform import perform  # noqa: PLC0415
    from iam.trail import end_visit  # noqa: PLC0415
    from tests.worlds import World, allow, make_world  # noqa: PLC0415

    attempt = begin_attempt(site_student("bench"), all_labs()["same-account-role"])
    sandbox = Sandbox.objects.get(pk=attempt.sandbox_id)
    inside = World(sandbox, Account.in_sandbox(sandbox).get())
    outside = make_world("bench-outside", "111122223333")
    outside.add_user("dev")
    numbers = count()

    def call(world: World, operation: str, **params: str) -> None:
        caller = world.root()
        perform(caller, operation, params)
        end_visit(caller.visit)
        after_visit(caller.sandbox, caller.visit)

    def write(world: World) -> None:
        policy = allow(f"s3:Get{next(numbers)}")
        call(world, "iam:PutUserPolicy", UserName="dev", PolicyName="p", PolicyDocument=policy)

    def read(world: World) -> None:
        call(world, "iam:ListUsers")

    runs = {
        f"{name} {where}": (lambda do=do, world=world: do(world))
        for name, do in (("write", write), ("read", read))
        for where, world in (("outside", outside), ("inside", inside))
    }
    times = cpu_milliseconds(runs, 40)
    more = _queries(runs["read inside"]) - _queries(runs["read outside"])
    added = times["write inside"] - times["write outside"]
    return [
        Row("a write outside", times["write outside"], "ms"),
        Row("a write in an attempt", times["write inside"], "ms"),
        Row("its step and its checks", added, "ms", most=_MOST_WRITE),
        Row("a read outside", times["read outside"], "ms"),
        Row("a read in an attempt", times["read inside"], "ms"),
        Row("more queries of a read", more, "", most=0),
    ]


def _polls() -> list[Row]:
    from console.labs.attempts import progress_of  # noqa: PLC0415
    from console.labs.catalog import all_labs  # noqa: PLC0415
    from console.labs.models import Attempt  # noqa: PLC0415
    from console.pages.labs.polls import PollMiddleware  # noqa: PLC0415

    attempt = Attempt.objects.get()
    version = progress_of(attempt, all_labs()[attempt.lab]).version
    request = RequestFactory().get(f"/labs/a/{attempt.public_id}/drawer", {"version": version})
    answer = PollMiddleware(lambda _: HttpResponse(status=500))
    assert answer(request).status_code == 204
    poll = cpu_milliseconds({"poll": lambda: answer(request)}, 200)["poll"]
    core = poll * _DRAWERS / _SECONDS / 10
    return [
        Row("a poll without news", poll, "ms", most=_MOST_POLL),
        Row("its queries", _queries(lambda: answer(request)), "", most=1),
        Row(f"{_DRAWERS} drawers: of a core", core, "%", most=_MOST_CORE),
    ]
