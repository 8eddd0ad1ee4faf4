"""Starting a lab, starting it again, and what *Undo* adds to a write, beside the factories."""

import os
from collections.abc import Callable
from functools import partial
from itertools import count

import django
from django.db import connection
from django.test.utils import CaptureQueriesContext, setup_databases, teardown_databases

from tests.bench.at_once import seconds_at_once
from tests.bench.section import Row, Section
from tests.bench.timing import cpu_milliseconds

_STARTS, _WORKERS = 30, 2
_MOST_START, _MOST_RESET, _MOST_UNDO, _MOST_SECONDS = 25.0, 50.0, 10.0, 3.0


def measure() -> list[Section]:
    """Measure in a database of its own, which is gone afterwards."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"
    django.setup()
    made = setup_databases(verbosity=0, interactive=False)
    try:
        return [
            Section("The demo's world begun, by its rows and by the factories", tuple(_begun())),
            Section("A write that can be undone", tuple(_written())),
        ]
    finally:
        teardown_databases(made, verbosity=0)


def _queries(run: Callable[[], object]) -> int:
    with CaptureQueriesContext(connection) as captured:
        run()
    return len(captured)


def _begun() -> list[Row]:
    from console.labs.rows import copy_world, restore, snapshot  # noqa: PLC0415
    from console.labs.scenarios import DEMO, restart, seed_scenario  # noqa: PLC0415
    from console.labs.site_users import site_student  # noqa: PLC0415
    from iam.models import Sandbox  # noqa: PLC0415

    text, owner = DEMO.read_text(encoding="utf-8"), site_student("bench")
    built = seed_scenario(text, owner).sandbox
    template = snapshot(built)

    def start() -> Sandbox:
        return copy_world(template, Sandbox.objects.create(name="copy", owner=owner))

    copy = start()
    runs: dict[str, Callable[[], object]] = {
        "start, factories": lambda: seed_scenario(text, owner),
        "start, rows": start,
        "reset, factories": lambda: restart(built),
        "reset, rows": lambda: restore(copy, template),
    }
    most = {"start, rows": _MOST_START, "reset, rows": _MOST_RESET}
    rows = []
    for name, milliseconds in cpu_milliseconds(runs).items():
        rows += [
            Row(f"{name}: CPU", milliseconds, "ms", most=most.get(name)),
            Row(f"{name}: queries", _queries(runs[name]), ""),
        ]
    seconds = seconds_at_once(start, _STARTS, _WORKERS)
    name = f"{_STARTS} starts at once, {_WORKERS} workers"
    return [*rows, Row(name, seconds, "s", most=_MOST_SECONDS)]


def _written() -> list[Row]:
    from console.labs.rows import undo  # noqa: PLC0415
    from iam.models import Sandbox  # noqa: PLC0415
    from tests.worlds import World, allow, make_world  # noqa: PLC0415

    plain, kept = (make_world(*one) for one in (("ann", "111122223333"), ("ben", "444455556666")))
    Sandbox.objects.filter(pk=kept.sandbox.pk).update(keeps_steps=True)
    kept.sandbox.refresh_from_db()
    numbers = count()

    def write(world: World) -> None:
        policy = allow(f"s3:Get{next(numbers)}")
        world.do("PutUserPolicy", UserName="u", PolicyName="p", PolicyDocument=policy)

    for world in (plain, kept):
        world.add_user("u")
    times = cpu_milliseconds({"plain": lambda: write(plain), "kept": lambda: write(kept)}, 40)
    reads = [_queries(partial(one.do, "ListUsers")) for one in (plain, kept)]
    undone = cpu_milliseconds({"undo": lambda: undo(kept.sandbox)}, 15)
    return [
        Row("a write", times["plain"], "ms"),
        Row("a write that keeps its step", times["kept"], "ms"),
        Row("the step", times["kept"] - times["plain"], "ms", most=_MOST_UNDO),
        Row("more queries of a read", reads[1] - reads[0], "", most=0),
        Row("undo", undone["undo"], "ms", most=_MOST_RESET),
    ]
