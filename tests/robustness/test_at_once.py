"""Two who write the same thing at once: one succeeds, the other is told that it exists."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection

from iam.models import Role
from iam.perform import perform
from iam.wire.errors import AwsError
from tests.worlds import World, make_world, trust


def create(world: World, operation: str, params: dict[str, str], start: Barrier) -> str:
    """Perform a write when everybody is ready; return what became of it."""
    try:
        start.wait(timeout=20)
        perform(world.root(), operation, params)
    except AwsError as error:
        return error.code
    finally:
        connection.close()
    return "created"


@pytest.mark.django_db(transaction=True)
def test_one_of_two_creates_the_role_and_the_other_is_refused() -> None:
    world, start = make_world(), Barrier(2)
    params = {"RoleName": "Twin", "AssumeRolePolicyDocument": trust(world.account_id)}
    with ThreadPoolExecutor(2) as pool:
        sent = [pool.submit(create, world, "iam:CreateRole", params, start) for _ in range(2)]
        outcomes = sorted(one.result(timeout=40) for one in sent)
    assert outcomes == ["EntityAlreadyExists", "created"]
    assert Role.in_sandbox(world.sandbox).filter(name="Twin").count() == 1


@pytest.mark.django_db(transaction=True)
def test_eight_who_write_at_once_all_succeed() -> None:
    world, start = make_world(), Barrier(8)
    with ThreadPoolExecutor(8) as pool:
        sent = [
            pool.submit(create, world, "iam:CreateUser", {"UserName": f"u{n}"}, start)
            for n in range(8)
        ]
        outcomes = {one.result(timeout=40) for one in sent}
    assert outcomes == {"created"}
