"""Who can do an action on a resource, asked of 1,000 principals in one pass."""

import os
from time import perf_counter

import django
from django.db import connection
from django.test.utils import CaptureQueriesContext, setup_databases, teardown_databases

from tests.bench.section import Row, Section

_COUNTS = (100, 1_000)
_ACTION, _RESOURCE = "s3:GetObject", "arn:aws:s3:::reports/may.csv"


def measure() -> list[Section]:
    """Ask in a database of its own, which is gone afterwards."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"
    django.setup()
    made = setup_databases(verbosity=0, interactive=False)
    try:
        return [Section("Who can do an action on a resource", tuple(_asked()))]
    finally:
        teardown_databases(made, verbosity=0)


def _asked() -> list[Row]:
    from iam.analysis import World, who_can  # noqa: PLC0415
    from iam.models import User  # noqa: PLC0415
    from tests.worlds import allow, make_world  # noqa: PLC0415

    world = make_world()
    world.do("CreateGroup", GroupName="all")
    world.do("PutGroupPolicy", GroupName="all", PolicyName="read", PolicyDocument=allow("s3:Get*"))
    rows: list[Row] = []
    for count in _COUNTS:
        for number in range(User.in_sandbox(world.sandbox).count(), count):
            name = f"student-{number}"
            world.add_user(name, allow(f"s3:Put{number}", resource=f"arn:aws:s3:::b{number}/*"))
            world.do("AddUserToGroup", GroupName="all", UserName=name)
        seen = World(world.sandbox, world.origin)
        with CaptureQueriesContext(connection) as captured:
            start = perf_counter()
            loaded = len(seen.people)
            loading = perf_counter() - start
            found = who_can(seen, _ACTION, _RESOURCE)
            asking = perf_counter() - start - loading
        assert sum(one.allowed for one in found) >= loaded == count
        rows += [
            Row(f"{count:,} principals: queries", len(captured), ""),
            Row(f"{count:,} principals: loading", loading, "s"),
            Row(f"{count:,} principals: asking", asking, "s", most=1.0),
        ]
    return rows
