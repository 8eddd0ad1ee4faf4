"""EC2's tags of instances: set, removed and listed, by who may tag them so."""

from typing import Any

import pytest

from iam.perform import AccessDenied, perform
from iam.wire.errors import AwsError
from tests.worlds import World, allow, make_world

ONE = {"ImageId": "ami-0a20230a20230a202", "MinCount": 1, "MaxCount": 1}


@pytest.fixture
def world(db) -> World:
    return make_world("alice")


def ec2(world: World, operation: str, **params: Any) -> dict[str, Any]:
    return perform(world.root(), f"ec2:{operation}", params)


def tag(key: str, value: str | None = None) -> dict[str, str]:
    return {"Key": key} if value is None else {"Key": key, "Value": value}


def launched(world: World, *tags: dict[str, str]) -> str:
    """Launch an instance with tags; return its ID."""
    asked = [{"ResourceType": "instance", "Tags": list(tags)}] if tags else []
    found = ec2(world, "RunInstances", **ONE, TagSpecifications=asked)
    return str(found["Instances"][0]["InstanceId"])


def tags_of(world: World, name: str) -> dict[str, str]:
    wanted = [{"Name": "resource-id", "Values": [name]}]
    found = ec2(world, "DescribeTags", Filters=wanted)["Tags"]
    return {one["Key"]: one["Value"] for one in found}


def test_tags_are_added_and_overwritten(world):
    name = launched(world, tag("team", "blue"), tag("level", "low"))
    ec2(world, "CreateTags", Resources=[name], Tags=[tag("team", "red"), tag("owner", "ann")])
    assert tags_of(world, name) == {"team": "red", "level": "low", "owner": "ann"}


@pytest.mark.parametrize(
    ("asked", "kept"),
    [
        ({"Tags": [tag("team")]}, {"level": ""}),
        ({"Tags": [tag("team", "blue")]}, {"level": ""}),
        ({"Tags": [tag("team", "red")]}, {"team": "blue", "level": ""}),
        ({"Tags": [tag("team", ""), tag("level", "")]}, {"team": "blue"}),
        ({}, {}),
    ],
)
def test_tags_are_removed_by_key_by_value_or_all(world, asked, kept):
    name = launched(world, tag("team", "blue"), tag("level", ""))
    ec2(world, "DeleteTags", Resources=[name], **asked)
    assert tags_of(world, name) == kept


def test_tags_are_listed_by_resource_and_filtered(world):
    name = launched(world, tag("team", "blue"))
    launched(world, tag("team", "red"))
    team = [{"Name": "tag:team", "Values": ["b*"]}]
    (found,) = ec2(world, "DescribeTags", Filters=team)["Tags"]
    assert found == {
        "Key": "team",
        "ResourceId": name,
        "ResourceType": "instance",
        "Value": "blue",
    }


REFUSED = [
    (["i-00000000000000000"], [tag("a", "")], "InvalidInstanceID.NotFound"),
    (["i-wrong"], [tag("a", "")], "InvalidInstanceID.Malformed"),
    (["vpc-00000000000000000"], [tag("a", "")], "UnsupportedOperation"),
    (["ID"], [tag("aws:team", "x")], "InvalidParameterValue"),
    (["ID"], [tag("a", "1"), tag("a", "2")], "InvalidParameterValue"),
    (["ID"], [tag(f"k{number}", "") for number in range(50)], "TagLimitExceeded"),
]


@pytest.mark.parametrize(("resources", "tags", "code"), REFUSED)
def test_tags_that_cannot_be_are_refused(world, resources, tags, code):
    name = launched(world, tag("team", "blue"))
    with pytest.raises(AwsError) as caught:
        ec2(
            world,
            "CreateTags",
            Resources=[name if one == "ID" else one for one in resources],
            Tags=tags,
        )
    assert caught.value.code == code
    assert tags_of(world, name) == {"team": "blue"}


CONDITIONS = [
    ({"StringEquals": {"aws:RequestTag/team": "red"}}, True),
    ({"StringEquals": {"aws:RequestTag/team": "green"}}, False),
    ({"StringEquals": {"ec2:ResourceTag/team": "blue"}}, True),
    ({"StringEquals": {"aws:ResourceTag/team": "red"}}, False),
    ({"ForAllValues:StringEquals": {"aws:TagKeys": ["team"]}}, True),
    ({"ForAllValues:StringEquals": {"aws:TagKeys": ["level"]}}, False),
    ({"StringEquals": {"ec2:CreateAction": "RunInstances"}}, False),
]


@pytest.mark.parametrize(("condition", "allowed"), CONDITIONS)
def test_tagging_asks_for_the_tags_that_are_there_and_those_that_are_set(world, condition, allowed):
    name = launched(world, tag("team", "blue"))
    ann = world.add_user("ann", allow("ec2:CreateTags", Condition=condition))
    call = ann, "ec2:CreateTags", {"Resources": [name], "Tags": [tag("team", "red")]}
    if allowed:
        perform(*call)
        assert tags_of(world, name) == {"team": "red"}
    else:
        with pytest.raises(AccessDenied):
            perform(*call)
