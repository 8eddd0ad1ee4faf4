"""AWS's policy simulator: what it answers about policies that are given."""

from typing import Any

import pytest

from iam.wire.errors import AwsError
from tests.iam.simulations import (
    ALLOW_ALL,
    CONDITIONED,
    DENY,
    OTHER_ID,
    READ,
    A,
    B,
    arn,
    custom,
    entry,
    of,
    resource_policy,
    sources,
)
from tests.worlds import ACCOUNT_ID, World, allow, document


def test_an_allowed_action_names_its_statement_and_where_it_stands(world: World) -> None:
    result = custom(world, ALLOW_ALL)
    assert result == {
        "EvalActionName": "s3:GetObject",
        "EvalResourceName": "*",
        "EvalDecision": "allowed",
        "MatchedStatements": [
            {
                "SourcePolicyId": "PolicyInputList.1",
                "SourcePolicyType": "IAM Policy",
                "StartPosition": {"Line": 1, "Column": 38},
                "EndPosition": {"Line": 1, "Column": 84},
            }
        ],
        "MissingContextValues": [],
    }


def test_each_resource_has_a_result_and_the_strictest_is_the_actions(world: World) -> None:
    result = custom(world, allow("s3:GetObject", resource=A), ResourceArns=[A, B])
    assert result["EvalDecision"] == "implicitDeny"
    assert result["EvalResourceName"] == "arn:${Partition}:s3:::${BucketName}/${ObjectName}"
    assert sources(result) == ["PolicyInputList.1"]
    first, second = result["ResourceSpecificResults"]
    assert (first["EvalResourceName"], first["EvalResourceDecision"]) == (A, "allowed")
    assert second == {"EvalResourceName": B, "EvalResourceDecision": "implicitDeny"}
    assert result["EvalDecisionDetails"] == {}


def test_one_resource_is_named_itself(world: World) -> None:
    assert custom(world, READ, ResourceArns=[A])["EvalResourceName"] == A


def test_a_winning_deny_is_the_only_statement_returned(world: World) -> None:
    result = custom(world, READ, DENY, PermissionsBoundaryPolicyInputList=[DENY])
    assert result["EvalDecision"] == "explicitDeny"
    assert sources(result) == ["PolicyInputList.2", "PermissionsBoundaryPolicyInputList.1"]
    assert result["PermissionsBoundaryDecisionDetail"] == {"AllowedByPermissionsBoundary": False}


def test_a_boundary_must_allow_too(world: World) -> None:
    bounded = custom(world, READ, PermissionsBoundaryPolicyInputList=[allow("s3:PutObject")])
    assert bounded["EvalDecision"] == "implicitDeny"
    assert bounded["PermissionsBoundaryDecisionDetail"] == {"AllowedByPermissionsBoundary": False}
    free = custom(world, READ, PermissionsBoundaryPolicyInputList=[ALLOW_ALL], ResourceArns=[A])
    assert free["EvalDecision"] == "allowed"
    (one,) = free["ResourceSpecificResults"]
    assert one["PermissionsBoundaryDecisionDetail"] == {"AllowedByPermissionsBoundary": True}


def test_missing_context_keys_are_returned_with_an_implicit_deny(world: World) -> None:
    result = custom(world, CONDITIONED, ResourceArns=[A])
    missing = ["aws:PrincipalTag/team", "aws:username"]
    assert (result["EvalDecision"], result["MissingContextValues"]) == ("implicitDeny", missing)
    assert result["ResourceSpecificResults"][0]["MissingContextValues"] == missing
    given = entry("aws:PrincipalTag/team", "red") + entry("aws:username", "a")
    found = custom(world, CONDITIONED, ResourceArns=[A], ContextEntries=given)
    assert (found["EvalDecision"], found["MissingContextValues"]) == ("allowed", [])


def test_the_caller_provides_its_name_unless_the_context_gives_another(world: World) -> None:
    policy = allow("s3:GetObject", resource="arn:aws:s3:::simulated/${aws:username}")
    caller = arn("user", "a")
    assert custom(world, policy, ResourceArns=[A], CallerArn=caller)["EvalDecision"] == "allowed"
    other = entry("aws:username", "b")
    result = custom(world, policy, ResourceArns=[A], CallerArn=caller, ContextEntries=other)
    assert result["EvalDecision"] == "implicitDeny"


def test_a_list_has_many_values_and_a_boolean_is_true_or_not(world: World) -> None:
    many = document(
        {
            "Effect": "Allow",
            "Action": "*",
            "Resource": "*",
            "Condition": {
                "ForAllValues:StringEquals": {"aws:TagKeys": ["a", "b"]},
                "Bool": {"aws:SecureTransport": "true"},
            },
        }
    )
    good = entry("aws:TagKeys", "a", "b", kind="stringList")
    secure = entry("aws:SecureTransport", "TRUE", kind="boolean")
    assert custom(world, many, ContextEntries=good + secure)["EvalDecision"] == "allowed"
    insecure = entry("aws:SecureTransport", "yes", kind="boolean")
    assert custom(world, many, ContextEntries=good + insecure)["EvalDecision"] == "implicitDeny"


def test_a_resource_policy_alone_lets_a_user_of_the_account_in(world: World) -> None:
    """The same-account example of the API reference."""
    mateo = arn("user", "mateo")
    iam_only = allow("iam:*")
    result = custom(
        world,
        iam_only,
        PermissionsBoundaryPolicyInputList=[iam_only],
        CallerArn=mateo,
        ResourceArns=[A],
        ResourceOwner=f"arn:aws:iam::{ACCOUNT_ID}:root",
        ResourcePolicy=resource_policy(mateo),
    )
    assert result["EvalDecision"] == "allowed"
    assert result["EvalDecisionDetails"] == {}
    assert result["PermissionsBoundaryDecisionDetail"] == {"AllowedByPermissionsBoundary": False}
    (matched,) = result["MatchedStatements"]
    assert matched["SourcePolicyId"] == "ResourcePolicy"
    assert matched["SourcePolicyType"] == "Resource Policy"


def test_across_accounts_every_policy_type_has_its_decision(world: World) -> None:
    """The cross-account example of the API reference."""
    world.add_user("arnav")
    arnav = arn("user", "arnav")
    result = of(
        world,
        arnav,
        ActionNames=["s3:PutObject"],
        PermissionsBoundaryPolicyInputList=[allow("iam:*")],
        ResourceArns=[A],
        ResourceOwner=f"arn:aws:iam::{OTHER_ID}:root",
        ResourcePolicy=resource_policy(arnav),
    )
    assert result["EvalDecision"] == "implicitDeny"
    assert result["EvalDecisionDetails"] == {
        "IAM Policy": "implicitDeny",
        "Resource Policy": "allowed",
        "Permissions Boundary Policy": "implicitDeny",
    }
    (one,) = result["ResourceSpecificResults"]
    assert one["EvalDecisionDetails"] == result["EvalDecisionDetails"]


def test_both_sides_allow_across_accounts(world: World) -> None:
    caller = f"arn:aws:iam::{OTHER_ID}:role/R"
    result = custom(
        world,
        READ,
        CallerArn=caller,
        ResourceArns=[A],
        ResourceOwner=f"arn:aws:iam::{ACCOUNT_ID}:root",
        ResourcePolicy=resource_policy(caller),
    )
    assert result["EvalDecision"] == "allowed"
    assert sources(result) == ["PolicyInputList.1", "ResourcePolicy"]


def test_service_control_policies_go_level_by_level(world: World) -> None:
    def levels(*documents: str) -> list[dict[str, Any]]:
        return [{"ServiceControlPolicyInputList": [one]} for one in documents]

    for last, decision in ((ALLOW_ALL, "allowed"), (DENY, "explicitDeny")):
        given = levels(ALLOW_ALL, last)
        result = custom(world, READ, OrderedOrganizationPolicyInputList=given, ResourceArns=[A])
        assert result["EvalDecision"] == decision
        allowed = decision == "allowed"
        assert result["OrganizationsDecisionDetail"] == {"AllowedByOrganizations": allowed}
        assert bool(result["MatchedStatements"]) is allowed
        assert ("EvalDecisionDetails" in result) is allowed
    silent = levels(ALLOW_ALL, allow("s3:PutObject"))
    result = custom(world, READ, OrderedOrganizationPolicyInputList=silent)
    assert result["EvalDecision"] == "implicitDeny"


def test_a_resource_of_another_kind_is_never_allowed(world: World) -> None:
    assert custom(world, ALLOW_ALL, ResourceArns=[arn("user", "u")])["EvalDecision"] == (
        "implicitDeny"
    )
    bucket = "arn:aws:s3:::simulated"
    assert custom(world, ALLOW_ALL, ResourceArns=[bucket])["EvalDecision"] == "allowed"
    anything = "arn:aws:ec2:us-east-1:111122223333:*"
    started = custom(world, ALLOW_ALL, ActionNames=["ec2:RunInstances"], ResourceArns=[anything])
    assert started["EvalDecision"] == "allowed"


def test_unknown_actions_are_taken_as_they_are_written(world: World) -> None:
    actions = ["madeup:Action", "S3:gEtObJeCt", "s3:*", "s3:"]
    found = world.do("SimulateCustomPolicy", PolicyInputList=[READ], ActionNames=actions)
    decisions = [one["EvalDecision"] for one in found["EvaluationResults"]]
    assert decisions == ["implicitDeny", "allowed", "implicitDeny", "implicitDeny"]


def test_no_policy_at_all_allows_nothing(world: World) -> None:
    assert custom(world)["EvalDecision"] == "implicitDeny"


def test_results_come_page_by_page(world: World) -> None:
    given = {"PolicyInputList": [ALLOW_ALL], "ActionNames": ["s3:A", "s3:B", "s3:C"]}
    first = world.do("SimulateCustomPolicy", **given, MaxItems=2)
    assert first["IsTruncated"]
    rest = world.do("SimulateCustomPolicy", **given, Marker=first["Marker"])
    names = [
        one["EvalActionName"] for one in first["EvaluationResults"] + rest["EvaluationResults"]
    ]
    assert (names, rest["IsTruncated"]) == (given["ActionNames"], False)


def test_a_page_of_many_resources_is_short(world: World) -> None:
    many = [f"{A}{number}" for number in range(4000)]
    given = {"PolicyInputList": [READ], "ActionNames": ["s3:A", "s3:B", "s3:C"]}
    found = world.do("SimulateCustomPolicy", **given, ResourceArns=many)
    assert (len(found["EvaluationResults"]), found["IsTruncated"]) == (2, True)


def _patterns(count: int) -> str:
    names = [f"arn:aws:s3:::*a{number}*b?{number}*" for number in range(count)]
    return document({"Effect": "Allow", "Action": "s3:*", "Resource": names})


def test_a_page_of_much_work_ends_early_and_the_next_goes_on(world: World) -> None:
    asked = {
        "PolicyInputList": [_patterns(1_500)],
        "ActionNames": [f"s3:Get{number}" for number in range(40)],
        "ResourceArns": [f"arn:aws:s3:::bucket-{number}/a" for number in range(10)],
    }
    found, page, pages = [], world.do("SimulateCustomPolicy", **asked), 1
    while page["IsTruncated"]:
        found += page["EvaluationResults"]
        page, pages = world.do("SimulateCustomPolicy", **asked, Marker=page["Marker"]), pages + 1
    found += page["EvaluationResults"]
    assert [one["EvalActionName"] for one in found] == asked["ActionNames"]
    assert {one["EvalDecision"] for one in found} == {"implicitDeny"}
    assert pages > 5


@pytest.mark.parametrize(
    "asked",
    [
        pytest.param(
            {"ResourceArns": [f"arn:aws:s3:::bucket-{n}/{'a' * 400}" for n in range(160)]},
            id="patterns and resources",
        ),
        pytest.param({"PolicyInputList": [ALLOW_ALL + " " * 120_000] * 4}, id="text"),
    ],
)
def test_what_is_too_much_for_one_result_is_refused(world: World, asked: dict[str, Any]) -> None:
    given = {"PolicyInputList": [_patterns(1_500)], "ActionNames": ["s3:GetObject"], **asked}
    with pytest.raises(AwsError) as refused:
        world.do("SimulateCustomPolicy", **given)
    assert (refused.value.code, refused.value.status) == ("PolicyEvaluation", 500)
