"""Tags and what they decide."""

import pytest

from iam.perform import AccessDenied, perform
from tests.worlds import allow


def _tags(**tags: str) -> list[dict[str, str]]:
    return [{"Key": key, "Value": value} for key, value in tags.items()]


def test_keys_are_the_same_ignoring_case(world):
    world.add_user("ann")
    world.do("TagUser", UserName="ann", Tags=_tags(Team="blue", Site="x"))
    world.do("TagUser", UserName="ann", Tags=_tags(team="red"))
    assert world.do("ListUserTags", UserName="ann")["Tags"] == _tags(Site="x", team="red")
    world.do("UntagUser", UserName="ann", TagKeys=["TEAM", "none"])
    assert world.do("ListUserTags", UserName="ann")["Tags"] == _tags(Site="x")


def test_duplicates_system_keys_and_too_many_are_refused(world, refusal):
    world.add_role("r")
    error = refusal("TagRole", RoleName="r", Tags=_tags(a="1", A="2"))
    assert error.code == "InvalidInput"
    assert error.message == (
        "Duplicate tag keys found. Please note that Tag keys are case insensitive."
    )
    assert refusal("TagRole", RoleName="r", Tags=_tags(**{"aws:x": "1"})).code == "InvalidInput"
    world.do("TagRole", RoleName="r", Tags=_tags(**{f"k{n}": "" for n in range(50)}))
    error = refusal("TagRole", RoleName="r", Tags=_tags(one_more=""))
    assert error.message == "Cannot exceed quota for TagsPerRole: 50"


def test_policies_have_tags_and_aws_managed_ones_have_none(world):
    arn = world.do("CreatePolicy", PolicyName="p", PolicyDocument=allow("s3:*"), Tags=_tags(a="1"))[
        "Policy"
    ]["Arn"]
    world.do("TagPolicy", PolicyArn=arn, Tags=_tags(b="2"))
    assert world.do("ListPolicyTags", PolicyArn=arn)["Tags"] == _tags(a="1", b="2")
    aws = "arn:aws:iam::aws:policy/IAMReadOnlyAccess"
    assert world.do("ListPolicyTags", PolicyArn=aws)["Tags"] == []


def test_the_tags_of_request_and_resource_decide(world):
    policy = allow(
        "iam:TagUser",
        Condition={
            "StringEquals": {"aws:ResourceTag/team": "blue", "aws:RequestTag/level": "1"},
            "ForAllValues:StringEquals": {"aws:TagKeys": ["level"]},
        },
    )
    eve = world.add_user("eve", policy)
    world.do("CreateUser", UserName="ann", Tags=_tags(team="blue"))
    perform(eve, "iam:TagUser", {"UserName": "ann", "Tags": _tags(level="1")})
    for params in (
        {"UserName": "eve", "Tags": _tags(level="1")},
        {"UserName": "ann", "Tags": _tags(level="2")},
        {"UserName": "ann", "Tags": _tags(level="1", other="x")},
    ):
        with pytest.raises(AccessDenied):
            perform(eve, "iam:TagUser", params)
