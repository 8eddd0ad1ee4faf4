"""What a worker keeps of a sandbox from one request to the next, and when it is made again."""

from dataclasses import replace

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from iam.authorization import PermissionCheck, gather_policies
from iam.authorization.context import request_context
from iam.callers import Caller
from iam.factories import UserFactory
from iam.perform import AccessDenied, perform
from tests.worlds import ACCOUNT_ID, World, allow, make_world

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> World:
    """Return a world with a user who may list users."""
    world = make_world()
    world.add_user("ann", allow("iam:ListUsers"))
    return world


def _tables_read(world: World) -> str:
    caller = world.user("ann")
    with CaptureQueriesContext(connection) as queries:
        perform(caller, "iam:ListUsers")
    return " ".join(query["sql"] for query in queries)


def test_a_second_request_reads_no_policy_again(world: World) -> None:
    assert "iam_inlinepolicy" in _tables_read(world)
    assert "iam_inlinepolicy" not in _tables_read(world)


def test_a_policy_that_is_taken_away_binds_the_next_request(world: World) -> None:
    perform(world.user("ann"), "iam:ListUsers")
    world.do("DeleteUserPolicy", UserName="ann", PolicyName="given")
    with pytest.raises(AccessDenied):
        perform(world.user("ann"), "iam:ListUsers")


def test_a_request_that_writes_reads_its_policies_anew_under_the_lock(world: World) -> None:
    both = allow("iam:CreateUser", "iam:DeleteUserPolicy")
    world.do("PutUserPolicy", UserName="ann", PolicyName="more", PolicyDocument=both)
    caller = world.user("ann")
    perform(caller, "iam:CreateUser", {"UserName": "bob"})
    perform(caller, "iam:DeleteUserPolicy", {"UserName": "ann", "PolicyName": "more"})
    with pytest.raises(AccessDenied):
        perform(caller, "iam:CreateUser", {"UserName": "eve"})


def test_a_request_that_began_before_anothers_write_writes_by_the_newer_policies(
    world: World,
) -> None:
    both = allow("iam:ListUsers", "iam:CreateUser")
    world.do("PutUserPolicy", UserName="ann", PolicyName="given", PolicyDocument=both)
    perform(world.user("ann"), "iam:ListUsers")
    early, kept = world.user("ann"), world.sandbox.stamp
    world.do("DeleteUserPolicy", UserName="ann", PolicyName="given")
    world.sandbox.stamp = kept
    with pytest.raises(AccessDenied):
        perform(early, "iam:CreateUser", {"UserName": "eve"})


def test_seeding_a_sandbox_raises_its_stamp(world: World) -> None:
    before = world.user("ann").sandbox.stamp
    UserFactory(account=world.account, name="zoe")
    assert world.user("ann").sandbox.stamp > before


def test_a_write_reads_no_policy_again_that_an_earlier_request_has_read(world: World) -> None:
    may = allow("iam:ListUsers", "iam:CreateUser")
    world.do("PutUserPolicy", UserName="ann", PolicyName="given", PolicyDocument=may)
    perform(world.user("ann"), "iam:ListUsers")
    caller = world.user("ann")
    with CaptureQueriesContext(connection) as queries:
        perform(caller, "iam:CreateUser", {"UserName": "bob"})
    assert "iam_inlinepolicy" not in " ".join(query["sql"] for query in queries)


def test_what_a_failed_transaction_has_read_is_not_kept(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    more = allow("iam:ListUsers", "iam:PutUserPolicy", "iam:CreateGroup")
    world.do("PutUserPolicy", UserName="ann", PolicyName="given", PolicyDocument=more)
    monkeypatch.setattr("iam.perform.pipeline.record_now", _fail_after_reading_policies)
    nothing = {"UserName": "ann", "PolicyName": "given", "PolicyDocument": allow("s3:*")}
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        perform(world.user("ann"), "iam:PutUserPolicy", nothing)
    monkeypatch.undo()
    perform(world.user("ann"), "iam:CreateGroup", {"GroupName": "still-allowed"})


def _fail_after_reading_policies(caller: Caller, _happened: object) -> None:
    caller.visit.memory.clear()
    assert "s3:*" in gather_policies(caller).identity[0].text
    raise ZeroDivisionError


def test_a_visit_keeps_the_keys_of_many_callers_and_not_of_all(world: World) -> None:
    asked = PermissionCheck("s3:GetObject")
    root = world.root()
    callers = [replace(root, arn=f"arn:aws:iam::{ACCOUNT_ID}:user/u{n}") for n in range(2_100)]
    first = request_context(callers[0], asked)
    assert request_context(callers[0], asked) is first
    for one in callers:
        assert request_context(one, asked)["aws:PrincipalArn"] == one.arn
    kept = [key for key in root.visit.memory if key[0] == "context"]
    assert len(kept) < len(callers)
