"""Ways that first tag what is no principal: an instance, a policy, an object; each performed."""

from dataclasses import replace
from typing import Any

import pytest

from console.services.ec2.factories import InstanceFactory
from console.services.ec2.models import Instance
from iam.analysis import Do
from iam.factories import InstanceProfileFactory
from iam.perform import perform, rehearse
from tests.iam.analysis_worlds import arn
from tests.iam.escalating import (
    SELF,
    admin_role,
    ask,
    carry_out,
    mallory,
    only_path,
    operations,
    walk_to,
)
from tests.iam.ssh import SSH
from tests.worlds import World, allow, document

CONNECT = "ec2-instance-connect:SendSSHPublicKey"
KEY = "arn:aws:s3:::reports/2026.csv"
RED = {"StringEquals": {"ec2:ResourceTag/team": "red"}}


def running(world: World, **tags: str) -> Instance:
    """Launch an instance that acts as an administrator."""
    admin_role(world, Service="ec2.amazonaws.com")
    InstanceProfileFactory.create(account=world.account, name="Admin", role="Admin")
    made: Instance = InstanceFactory.create(account=world.account, profile="Admin", tags=tags)
    return made


def may(world: World, *statements: dict[str, Any]) -> None:
    """Give mallory a policy of these statements, on everything where they name no resource."""
    whole = [{"Effect": "Allow", "Resource": "*", **one} for one in statements]
    world.add_user("mallory", document(*whole))


def connects(world: World, instance: Instance) -> bool:
    """Return whether mallory may connect to an instance now."""
    caller = world.user("mallory")
    in_console = replace(caller, origin=replace(caller.origin, via_console=True))
    check = {"InstanceId": instance.instance_id, "InstanceOSUser": "ec2-user", "SSHPublicKey": SSH}
    return rehearse(in_console, CONNECT, check).allowed


WAYS = [
    ({"ec2:ResourceTag/team": "red"}, {}, "ec2:CreateTags"),
    ({"aws:ResourceTag/team": "red"}, {"team": "blue"}, "ec2:CreateTags"),
    ({"aws:ResourceTag/team": "${aws:username}"}, {}, "ec2:CreateTags"),
]


@pytest.mark.parametrize(("asked", "tags", "operation"), WAYS)
def test_an_instance_is_tagged_by_who_then_may_connect_to_it(
    world: World, asked: dict[str, str], tags: dict[str, str], operation: str
) -> None:
    may(
        world,
        {"Action": "ec2:CreateTags"},
        {"Action": CONNECT, "Condition": {"StringEquals": asked}},
    )
    instance = running(world, **tags)
    (path,) = ask(world).paths
    assert operations(path) == [(operation,), (CONNECT,)]
    assert not connects(world, instance)
    carry_out(world, path)
    assert connects(world, instance)


def test_a_tag_that_a_deny_is_about_is_removed_from_an_instance(world: World) -> None:
    locked = {"StringEquals": {"aws:ResourceTag/locked": "yes"}}
    may(
        world,
        {"Action": ["ec2:DeleteTags", CONNECT]},
        {"Action": CONNECT, "Effect": "Deny", "Condition": locked},
    )
    instance = running(world, locked="yes")
    (path,) = ask(world).paths
    assert operations(path) == [("ec2:DeleteTags",), (CONNECT,)]
    carry_out(world, path)
    assert connects(world, instance)


LIMITS = [
    {"Action": "ec2:CreateTags", "Condition": {"StringEquals": {"aws:RequestTag/team": "blue"}}},
    {"Action": "ec2:CreateTags", "Condition": RED},
    {
        "Action": "ec2:CreateTags",
        "Condition": {"StringEquals": {"ec2:CreateAction": "RunInstances"}},
    },
    {"Action": "ec2:CreateTags", "Resource": "arn:aws:ec2:*:*:volume/*"},
    {"Action": "ec2:DeleteTags"},
]


@pytest.mark.parametrize("right", LIMITS)
def test_the_right_to_tag_instances_may_be_limited(world: World, right: dict[str, Any]) -> None:
    may(world, right, {"Action": CONNECT, "Condition": RED})
    running(world, team="blue")
    assert ask(world).paths == ()


def test_a_policy_is_tagged_by_who_then_may_rewrite_it(world: World) -> None:
    tagged = {"StringEquals": {"aws:ResourceTag/owner": "mallory"}}
    may(
        world,
        {"Action": "iam:TagPolicy"},
        {"Action": "iam:CreatePolicyVersion", "Condition": tagged},
    )
    world.do("CreatePolicy", PolicyName="mine", PolicyDocument=allow("s3:ListAllMyBuckets"))
    world.do("AttachUserPolicy", UserName="mallory", PolicyArn=arn("policy", "mine"))
    assert only_path(world) == [("iam:TagPolicy",), ("iam:CreatePolicyVersion",)]


def reports(world: World, *statements: dict[str, Any], **tags: str) -> None:
    """Make a bucket with an object that has tags, and perhaps a policy."""
    perform(world.root(), "s3:CreateBucket", {"Bucket": "reports"})
    tagging = "&".join(f"{key}={value}" for key, value in tags.items())
    put = {"Bucket": "reports", "Key": "2026.csv", "Body": b"text", "Tagging": tagging}
    perform(world.root(), "s3:PutObject", put)
    if statements:
        text = document(
            *({"Principal": {"AWS": SELF}, "Effect": "Allow", **one} for one in statements)
        )
        perform(world.root(), "s3:PutBucketPolicy", {"Bucket": "reports", "Policy": text})


READ = {
    "Action": "s3:GetObject",
    "Condition": {"StringEquals": {"s3:ExistingObjectTag/open": "yes"}},
}


def test_an_object_is_tagged_by_who_then_may_read_it(world: World) -> None:
    may(world, {"Action": "s3:PutObjectTagging"}, READ)
    reports(world, team="blue")
    (path,) = ask(world, goal=Do("s3:GetObject", KEY)).paths
    assert operations(path) == [("s3:PutObjectTagging",)]
    walk_to(world, path, "s3:GetObject", KEY)


def test_the_policy_of_a_bucket_may_ask_about_tags_and_let_somebody_set_them(world: World) -> None:
    mallory(world)
    inside = {"Resource": "arn:aws:s3:::reports/*"}
    reports(world, {**READ, **inside}, {"Action": "s3:PutObjectTagging", **inside})
    (path,) = ask(world, goal=Do("s3:GetObject", KEY)).paths
    assert operations(path) == [("s3:PutObjectTagging",)]
    walk_to(world, path, "s3:GetObject", KEY)


def test_all_tags_of_an_object_are_put_at_once(world: World) -> None:
    """Who needs two tags that only single calls may set never has both."""
    one = {"Null": {"s3:RequestObjectTag/a": "true"}}
    other = {"Null": {"s3:RequestObjectTag/b": "true"}}
    both = {"StringEquals": {"s3:ExistingObjectTag/a": "1", "s3:ExistingObjectTag/b": "1"}}
    may(
        world,
        {"Action": "s3:PutObjectTagging", "Condition": one},
        {"Action": "s3:PutObjectTagging", "Condition": other},
        {"Action": "s3:GetObject", "Condition": both},
    )
    reports(world)
    assert ask(world, goal=Do("s3:GetObject", KEY)).paths == ()
