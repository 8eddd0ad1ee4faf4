"""A world with a role to assume, its keys, and the statements a call takes, told as JSON.

Run by `manage.py shell`, on the database that the bench's server serves.
"""

import json
from collections.abc import Callable
from typing import Any

from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.endpoint.clients import Clients, keys_of
from tests.worlds import allow, make_world, trust


def _statements(call: Callable[[], object]) -> int:
    """Return how many statements a call takes once what is noted of it is noted."""
    call()
    with CaptureQueriesContext(connection) as queries:
        call()
    return sum(1 for one in queries if not one["sql"].startswith(("BEGIN", "COMMIT")))


def tell() -> None:
    """Make the world and print what the bench needs of it."""
    world = make_world("bench")
    world.add_user("ann", allow("sts:AssumeRole"))
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
    told = {"role": role["Arn"], "document": document, "keys": keys, "statements": statements}
    print(json.dumps(told))
