"""What nobody has here is answered as AWS answers where there is none, to who may ask."""

from typing import Any

from botocore import xform_name
from botocore.exceptions import ClientError

from tests.absences import MEMBER, OF_ACCOUNTS, OF_ORGANIZATIONS, Row
from tests.endpoint.clients import Clients, keys_of
from tests.worlds import World, allow, make_world

MANAGER = "111122223333"
DENIALS = {"AccessDenied", "AccessDeniedException", "UnauthorizedOperation"}


def answer(keys: Any, operation: str, params: dict[str, Any]) -> Any:
    service, _, name = operation.partition(":")
    try:
        found = getattr(Clients()(service, keys), xform_name(name))(**params)
    except ClientError as error:
        return error.response["Error"]["Code"]
    del found["ResponseMetadata"]
    return found


def keys_that_may(world: World, name: str, *actions: str) -> Any:
    world.do("CreateUser", UserName=name)
    if actions:
        text = allow(*actions)
        world.do("PutUserPolicy", UserName=name, PolicyName="own", PolicyDocument=text)
    return keys_of(world.do("CreateAccessKey", UserName=name)["AccessKey"])


def test_each_service_says_that_there_is_none_to_who_may_ask(db):
    world = make_world("alice", MANAGER)
    told_to(world, OF_ACCOUNTS)


def test_so_does_an_organization(db):
    world = make_world("alice")
    manager = World(world.sandbox, world.add_account(MANAGER, "manager"))
    World(world.sandbox, world.add_account(MEMBER, "member"))
    manager.organize()
    world.sandbox.refresh_from_db()
    told_to(manager, OF_ORGANIZATIONS)


def told_to(world: World, rows: list[Row]) -> None:
    world.do("CreateUser", UserName="admin")
    may = keys_that_may(world, "ann", *sorted({operation for operation, _, _ in rows}))
    nobody = keys_that_may(world, "bob")
    for operation, params, expected in rows:
        assert answer(may, operation, params) == expected, operation
        assert answer(nobody, operation, params) in DENIALS, operation


def test_a_member_reads_its_own_effective_policy_alone(db):
    world = make_world("alice")
    manager = World(world.sandbox, world.add_account(MANAGER, "manager"))
    manager.organize()
    world.sandbox.refresh_from_db()
    keys = keys_that_may(world, "ann", "organizations:*")
    asked = {"PolicyType": "TAG_POLICY"}
    for target, code in ((world.account_id, "EffectivePolicyNotFoundException"),
                         (MANAGER, "AccessDeniedException")):  # fmt: skip
        assert answer(keys, "organizations:DescribeEffectivePolicy",
                      {**asked, "TargetId": target}) == code  # fmt: skip
    assert answer(keys, "organizations:DescribeResourcePolicy", {}) == "AccessDeniedException"
