"""AWS's policy simulator asked about users, groups and roles, and about roles' trust."""

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from iam.perform import AccessDenied, perform
from tests.iam.simulations import ALLOW_ALL, CONDITIONED, DENY, GET, READ, A, arn, of, sources
from tests.worlds import ACCOUNT_ID, World, allow, document


def test_a_user_is_simulated_with_its_groups_and_its_boundary(world: World) -> None:
    world.add_user("u", allow("s3:GetObject", resource=A))
    world.do("CreateGroup", GroupName="g")
    world.do("PutGroupPolicy", GroupName="g", PolicyName="in", PolicyDocument=READ)
    world.do("CreatePolicy", PolicyName="own", PolicyDocument=READ)
    world.do("AttachGroupPolicy", GroupName="g", PolicyArn=arn("policy", "own"))
    world.do("AttachUserPolicy", UserName="u", PolicyArn=arn("policy", "own"))
    world.do("AddUserToGroup", GroupName="g", UserName="u")
    result = of(world, arn("user", "u"), ResourceArns=[A])
    assert sorted(sources(result)) == ["group_g_in", "own", "user_u_given"]
    world.do("CreatePolicy", PolicyName="limit", PolicyDocument=allow("ec2:*"))
    limit = arn("policy", "limit")
    world.do("PutUserPermissionsBoundary", UserName="u", PermissionsBoundary=limit)
    assert of(world, arn("user", "u"))["EvalDecision"] == "implicitDeny"
    lifted = of(world, arn("user", "u"), PermissionsBoundaryPolicyInputList=[ALLOW_ALL])
    assert lifted["EvalDecision"] == "allowed"


@pytest.mark.parametrize("word", ["Group", "Role"])
def test_groups_and_roles_are_simulated_alone_whatever_their_path(world: World, word: str) -> None:
    if word == "Group":
        world.do("CreateGroup", GroupName="x")
    else:
        world.add_role("x")
    named = {f"{word}Name": "x"}
    world.do(f"Put{word}Policy", **named, PolicyName="in", PolicyDocument=READ)
    result = of(world, arn(word.lower(), "some/path/x"))
    assert sources(result) == [f"{word.lower()}_x_in"]


def test_more_policies_are_added_to_those_of_the_principal(world: World) -> None:
    world.add_user("u", READ)
    result = of(world, arn("user", "u"), PolicyInputList=[DENY])
    assert (result["EvalDecision"], sources(result)) == ("explicitDeny", ["PolicyInputList.1"])


@pytest.mark.parametrize(
    ("exclusion", "left"),
    [
        ({"PolicyType": "inline"}, ["AmazonS3FullAccess", "own"]),
        ({"PolicyType": "aws-managed"}, ["own", "user_u_given"]),
        ({"PolicyType": "user-managed"}, ["AmazonS3FullAccess", "user_u_given"]),
        ({"PolicyType": "scp"}, ["AmazonS3FullAccess", "own", "user_u_given"]),
        ({"PolicyArn": arn("policy", "o*")}, ["AmazonS3FullAccess", "user_u_given"]),
        ({"PolicyArn": arn("policy", "other")}, ["AmazonS3FullAccess", "own", "user_u_given"]),
        (
            {
                "InlinePolicyIdentifier": {
                    "PolicyName": "given",
                    "AttachmentType": "user",
                    "AttachmentName": "u",
                }
            },
            ["AmazonS3FullAccess", "own"],
        ),
    ],
)
def test_policies_can_be_left_out(world: World, exclusion: dict[str, Any], left: list[str]) -> None:
    world.add_user("u", READ)
    world.do("CreatePolicy", PolicyName="own", PolicyDocument=READ)
    for policy in (arn("policy", "own"), "arn:aws:iam::aws:policy/AmazonS3FullAccess"):
        world.do("AttachUserPolicy", UserName="u", PolicyArn=policy)
    result = of(world, arn("user", "u"), PolicyExclusionList=[exclusion])
    assert sorted(sources(result)) == left


def test_the_boundary_can_be_left_out(world: World) -> None:
    world.add_user("u", READ)
    world.do("CreatePolicy", PolicyName="own", PolicyDocument=allow("ec2:*"))
    own = arn("policy", "own")
    world.do("PutUserPermissionsBoundary", UserName="u", PermissionsBoundary=own)
    excluded = of(
        world, arn("user", "u"), PolicyExclusionList=[{"PolicyType": "permission-boundary"}]
    )
    assert excluded["EvalDecision"] == "allowed"
    by_arn = of(world, arn("user", "u"), PolicyExclusionList=[{"PolicyArn": own}])
    assert by_arn["EvalDecision"] == "implicitDeny"


def test_assuming_a_role_asks_its_trust_policy(world: World) -> None:
    """AWS's simulator does not; a student would learn that an identity policy is enough."""
    world.add_user("in", allow("sts:AssumeRole"))
    world.add_user("out", allow("sts:AssumeRole"))
    role = world.add_role("R", arn("user", "in"))
    asked = {"ActionNames": ["sts:AssumeRole"], "ResourceArns": [role]}
    result = of(world, arn("user", "in"), **asked)
    assert result["EvalDecision"] == "allowed"
    assert sources(result) == ["user_in_given", "AssumeRolePolicyDocument"]
    assert of(world, arn("user", "out"), **asked)["EvalDecision"] == "implicitDeny"
    nowhere = {**asked, "ResourceArns": [arn("role", "nowhere")]}
    assert of(world, arn("user", "out"), **nowhere)["EvalDecision"] == "allowed"


def test_a_trust_policy_that_denies_is_named(world: World) -> None:
    world.add_user("u", allow("sts:AssumeRole"))
    world.add_role("R")
    text = document(
        {"Effect": "Allow", "Principal": {"AWS": ACCOUNT_ID}, "Action": "sts:AssumeRole"},
        {"Effect": "Deny", "Principal": {"AWS": arn("user", "u")}, "Action": "sts:AssumeRole"},
    )
    world.do("UpdateAssumeRolePolicy", RoleName="R", PolicyDocument=text)
    result = of(
        world, arn("user", "u"), ActionNames=["sts:AssumeRole"], ResourceArns=[arn("role", "R")]
    )
    assert (result["EvalDecision"], sources(result)) == (
        "explicitDeny",
        ["AssumeRolePolicyDocument"],
    )


def test_one_may_be_allowed_to_simulate_oneself_only(world: World) -> None:
    ann = world.add_user("ann", allow("iam:SimulatePrincipalPolicy", resource=arn("user", "ann")))
    world.add_user("bob")
    given = {"ActionNames": GET}
    perform(ann, "iam:SimulatePrincipalPolicy", {**given, "PolicySourceArn": arn("user", "ann")})
    with pytest.raises(AccessDenied, match="not authorized to perform"):
        perform(
            ann, "iam:SimulatePrincipalPolicy", {**given, "PolicySourceArn": arn("user", "bob")}
        )


def test_the_keys_that_policies_ask_about_are_named_once(world: World) -> None:
    world.add_user("u", CONDITIONED)
    more = document(
        {
            "Effect": "Allow",
            "Action": "*",
            "Resource": "*",
            "Condition": {
                "StringLike": {"AWS:USERNAME": "a*"},
                "Bool": {"aws:ViaAWSService": "true"},
            },
        }
    )
    world.do("CreatePolicy", PolicyName="limit", PolicyDocument=more)
    limit = arn("policy", "limit")
    world.do("PutUserPermissionsBoundary", UserName="u", PermissionsBoundary=limit)
    names = ["aws:PrincipalTag/team", "aws:username", "aws:ViaAWSService"]
    of_user = world.do("GetContextKeysForPrincipalPolicy", PolicySourceArn=arn("user", "u"))
    given = world.do("GetContextKeysForCustomPolicy", PolicyInputList=[CONDITIONED, more])
    assert of_user["ContextKeyNames"] == names
    assert given["ContextKeyNames"] == names


def test_queries_do_not_grow_with_actions_and_resources(world: World) -> None:
    world.add_user("u", READ)
    roles = [world.add_role(f"r{number}") for number in range(6)]
    counts = []
    for few in (1, 6):
        root = world.root()
        with CaptureQueriesContext(connection) as captured:
            perform(
                root,
                "iam:SimulatePrincipalPolicy",
                {
                    "PolicySourceArn": arn("user", "u"),
                    "ActionNames": ["sts:AssumeRole", "iam:GetRole"][:few],
                    "ResourceArns": roles[:few],
                },
            )
        counts.append(len(captured))
    assert counts[0] == counts[1] <= 8
