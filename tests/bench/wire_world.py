"""A world with a role to assume, its keys, and the statements a call takes, told as JSON.

Run by `manage.py shell`, on the database that the bench's server serves.
"""

import json
from collections.abc import Callable
from typing import Any

from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.bench.decisions_in_requests import speed_in_a_request, user_of_many_policies
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


def tell() -> None:
    """Make the world and print what the bench needs of it."""
    world = make_world("bench")
    world.add_user("ann", allow("*"))
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
        "decision": speed_in_a_request(user_of_many_policies(world)),
    }
    print(json.dumps(told))
