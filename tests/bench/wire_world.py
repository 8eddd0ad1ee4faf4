"""A world with a role to assume, its keys, and the statements a call takes, told as JSON.

Run by `manage.py shell`, on the database that the bench's server serves.
"""

import json
from collections.abc import Callable
from typing import Any

from django.db import connection
from django.test.utils import CaptureQueriesContext

from iam.authorization import PermissionCheck, authorize
from iam.callers import Caller
from iam.engine import Request, decide
from tests.bench.timing import least_cpu_milliseconds
from tests.endpoint.clients import Clients, keys_of
from tests.worlds import allow, make_world, trust


def _statements(call: Callable[[], object]) -> int:
    """Return how many statements a call takes once what is noted of it is noted."""
    call()
    with CaptureQueriesContext(connection) as queries:
        call()
    return sum(1 for one in queries if not one["sql"].startswith(("BEGIN", "COMMIT")))


def _kilobytes(call: Callable[[], object], calls: int = 300) -> float:
    """Return what a call adds to a database of SQLite: an event, where it makes no other row."""

    def pragma(name: str) -> int:
        with connection.cursor() as cursor:
            cursor.execute(f"PRAGMA {name}")
            return int(cursor.fetchone()[0])

    def used() -> int:
        return (pragma("page_count") - pragma("freelist_count")) * pragma("page_size")

    before = used()
    for _ in range(calls):
        call()
    return (used() - before) / calls / 1_000


def _speed_in_a_request(caller: Caller) -> float:
    """Return how fast a request decides, to the bare engine with all that it needs at hand."""
    check = PermissionCheck("s3:GetObject", "arn:aws:s3:::bench/report.csv")
    made = authorize(caller, check)
    asked = made.request

    def bare() -> None:
        fields = (asked.principal, asked.action, asked.resource, asked.resource_account)
        decide(Request(*fields, asked.context), made.policies)

    runs = {"bare": bare, "request": lambda: authorize(caller, check)}
    times = least_cpu_milliseconds(runs, 2_000)
    return times["bare"] / times["request"]


def tell() -> None:
    """Make the world and print what the bench needs of it."""
    world = make_world("bench")
    ann = world.add_user("ann", allow("*"))
    document = trust(world.account_id)
    role: dict[str, Any] = world.do(
        "CreateRole", RoleName="Bench", AssumeRolePolicyDocument=document
    )["Role"]
    keys = keys_of(world.do("CreateAccessKey", UserName="ann")["AccessKey"])
    sts = Clients()("sts", keys)
    asked = {"RoleArn": role["Arn"], "RoleSessionName": "bench"}
    statements = {
        "AssumeRole": _statements(lambda: sts.assume_role(**asked)),
        "GetCallerIdentity": _statements(sts.get_caller_identity),
    }
    told = {
        "role": role["Arn"],
        "document": document,
        "keys": keys,
        "statements": statements,
        "event": _kilobytes(lambda: sts.assume_role(**asked)),
        "decision": _speed_in_a_request(ann),
    }
    print(json.dumps(told))
