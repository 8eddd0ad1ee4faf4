"""Ways to administrator by another path or name, walked as they are found."""

from typing import Any

import pytest

from tests.iam.analysis_worlds import arn
from tests.iam.escalating import admin_group, admin_user, ask, only_path
from tests.iam.test_escalation_new_principals import may, may_not
from tests.worlds import World, document

KEY = "iam:CreateAccessKey"
CHIEF = {"StringEquals": {"aws:username": "chief"}}
NOT_BOSS = may_not(KEY, "iam:CreateLoginProfile", on=arn("user", "boss"))


def with_mallory(world: World, *statements: dict[str, Any]) -> World:
    admin_group(world)
    admin_user(world)
    world.add_user("mallory", document(*statements))
    return world


# https://docs.aws.amazon.com/IAM/latest/UserGuide/id_users_rename.html: policies by ARN or path do
# not follow a user who is renamed.
WAYS: dict[str, tuple[list[dict[str, Any]], list[str]]] = {
    "into a path": ([may("iam:UpdateUser"), may(KEY, on=arn("user", "dev/*"))], [KEY]),
    "to a name that ends so": ([may("iam:UpdateUser"), may(KEY, on=arn("user", "*-dev"))], [KEY]),
    "out of a Deny": ([may("iam:UpdateUser", KEY), NOT_BOSS], [KEY]),
    "oneself": (
        [
            may("iam:UpdateUser", on=arn("user", "m*")),
            may("iam:PutUserPolicy", on=arn("user", "m/*")),
        ],
        ["iam:PutUserPolicy"],
    ),
    "oneself, where the caller's name counts": (
        [
            may("iam:UpdateUser", on=arn("user", "mallory")),
            may("iam:UpdateUser", on=arn("user", "chief")),
            may("iam:PutUserPolicy", Condition=CHIEF),
        ],
        ["iam:PutUserPolicy"],
    ),
}


@pytest.mark.parametrize("way", WAYS)
def test_another_name_brings_a_user_under_a_policy(world: World, way: str) -> None:
    statements, then = WAYS[way]
    path = only_path(with_mallory(world, *statements))
    assert path == [("iam:UpdateUser", "iam:UpdateUser"), *[(one,) for one in then]]


def test_another_path_brings_a_group_under_a_policy(world: World) -> None:
    opens = may("iam:AddUserToGroup", on=arn("group", "dev/*"))
    path = only_path(with_mallory(world, may("iam:UpdateGroup"), opens))
    assert path == [("iam:UpdateGroup", "iam:UpdateGroup"), ("iam:AddUserToGroup",)]


NO_WAYS: dict[str, list[dict[str, Any]]] = {
    "the old name is another's": [may("iam:UpdateUser", KEY, on=arn("user", "dev/*"))],
    "the new name is another's": [
        may("iam:UpdateUser", on=arn("user", "boss")),
        may(KEY, on=arn("user", "dev/*")),
    ],
    "the name is taken": [
        may("iam:UpdateUser", on=arn("user", "boss")),
        may("iam:UpdateUser", on=arn("user", "mallory")),
        may(KEY, on=arn("user", "mallory")),
    ],
}


@pytest.mark.parametrize("case", NO_WAYS)
def test_a_name_that_is_out_of_reach_is_no_way(world: World, case: str) -> None:
    found = ask(with_mallory(world, *NO_WAYS[case]))
    assert found.complete
    assert found.paths == ()
