"""Who can read what is in a bucket: its policy has its say, as in every call."""

import pytest

from iam.analysis import World as Seen
from iam.analysis import who_can
from iam.authorization import authorize
from iam.perform import Call, perform
from iam.perform.registry import registry
from tests.iam.analysis_worlds import as_caller
from tests.worlds import ACCOUNT_ID, World, allow, document, make_world

KEY = "arn:aws:s3:::reports-1/a.txt"


@pytest.fixture
def world(db: None) -> World:
    world = make_world()
    root = world.root()
    perform(root, "s3:CreateBucket", {"Bucket": "reports-1"})
    perform(root, "s3:PutObject", {"Bucket": "reports-1", "Key": "a.txt", "Body": b"text"})
    world.add_user("ann", allow("s3:GetObject"))
    world.add_user("bob")
    world.add_user("carol", allow("s3:*"))
    world.add_role("Reader")
    policy = document(
        {
            "Effect": "Allow",
            "Principal": {"AWS": f"arn:aws:iam::{ACCOUNT_ID}:user/bob"},
            "Action": "s3:GetObject",
            "Resource": "arn:aws:s3:::reports-1/*",
        },
        {
            "Effect": "Deny",
            "Principal": "*",
            "Action": "s3:GetObject",
            "Resource": "arn:aws:s3:::reports-1/*",
            "Condition": {"StringEquals": {"aws:username": "carol"}},
        },
    )
    perform(root, "s3:PutBucketPolicy", {"Bucket": "reports-1", "Policy": policy})
    return world


def test_a_buckets_policy_lets_in_and_keeps_out(world: World) -> None:
    found = who_can(Seen(world.sandbox, world.origin), "s3:GetObject", KEY)
    assert {one.someone.name for one in found if one.allowed} == {"root", "ann", "bob"}


def test_one_pass_gives_the_answer_of_each_call(world: World) -> None:
    whole = Seen(world.sandbox, world.origin)
    params = {"Bucket": "reports-1", "Key": "a.txt"}
    for one in who_can(whole, "s3:GetObject", KEY):
        caller = as_caller(world, one.someone)
        call = Call(caller, "s3:GetObject", params)
        check = registry.find("s3:GetObject").resolve(call, params).checks[0]
        assert one.answer.decision == authorize(caller, check).decision


def test_a_bucket_that_there_is_not_is_asked_about_all_the_same(world: World) -> None:
    found = who_can(Seen(world.sandbox, world.origin), "s3:GetObject", "arn:aws:s3:::nowhere/k")
    assert {one.someone.name for one in found if one.allowed} == {"root", "ann", "carol"}
