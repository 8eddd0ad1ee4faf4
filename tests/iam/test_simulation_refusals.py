"""What AWS's policy simulator refuses, with its sentences."""

from typing import Any

import pytest

from iam.perform import perform
from iam.wire.errors import AwsError
from tests.iam.simulations import GET, OTHER_ID, READ, A, arn, entry, resource_policy
from tests.worlds import ACCOUNT_ID, World, document, trust

REFUSED: list[tuple[dict[str, Any], str, str]] = [
    ({"PolicyInputList": ["{"]}, "InvalidInput", "Policy input list item 1 has invalid content"),
    (
        {"PolicyInputList": [READ, trust("*")]},
        "InvalidInput",
        "Policy input list item 2 has invalid content",
    ),
    (
        {"PermissionsBoundaryPolicyInputList": [READ, READ]},
        "InvalidInput",
        "The list of Permissions Boundary policies cannot exceed 1 items.",
    ),
    (
        {"ActionNames": ["GetObject"]},
        "InvalidInput",
        "The action is invalid since it is missing names",
    ),
    (
        {"ResourceArns": ["not-an-arn"]},
        "InvalidInput",
        "ResourceNames are not in a valid ARN format: not-an-arn.",
    ),
    (
        {"ResourceArns": [A, "*"]},
        "InvalidInput",
        "ResourceNames are not in a valid ARN format: *.",
    ),
    (
        {"ContextEntries": entry("aws:TagKeys", "a", "b")},
        "InvalidInput",
        "Context key string expected a single value, but received 2.",
    ),
    (
        {"ContextEntries": entry("aws:EpochTime", "abc", kind="numeric")},
        "InvalidInput",
        "Invalid context value for key aws:EpochTime: expected numeric format.",
    ),
    (
        {"ContextEntries": entry("aws:SourceIp", "1.2.3", kind="ip")},
        "InvalidInput",
        "Invalid context value for key aws:SourceIp: expected IP address.",
    ),
    (
        {"ContextEntries": [{"ContextKeyName": "aws:SourceIp", "ContextKeyValues": ["a"]}]},
        "InvalidInput",
        "Context key aws:SourceIp has invalid type null.",
    ),
    (
        {"ContextEntries": entry("aws:SourceIp")},
        "InvalidInput",
        "Context values for context key aws:SourceIp cannot be null or empty.",
    ),
    (
        {"ContextEntries": [{"ContextKeyType": "string", "ContextKeyValues": ["a"]}]},
        "InvalidInput",
        "ContextKeyName cannot be null or empty.",
    ),
    (
        {"ContextEntries": entry("aws:userid", "a") + entry("AWS:userid", "b")},
        "InvalidInput",
        "Duplicate context key: AWS:userid.",
    ),
    (
        {"ResourceOwner": OTHER_ID},
        "InvalidInput",
        f"'{OTHER_ID}' is not a valid as a Resource Owner.",
    ),
    (
        {"ResourcePolicy": resource_policy("*"), "ResourceArns": [A]},
        "InvalidInput",
        "Invalid caller - Caller cannot be null or empty.",
    ),
    (
        {"CallerArn": f"arn:aws:sts::{ACCOUNT_ID}:assumed-role/R/s"},
        "InvalidInput",
        "Invalid caller - Caller must be an IAM user, role or group in this context.",
    ),
    (
        {"ResourcePolicy": resource_policy("*"), "CallerArn": arn("user", "u")},
        "InvalidInput",
        "Invalid Entity Arn: * does not clearly define entity type and name.",
    ),
    (
        {
            "ResourcePolicy": document(
                {"Effect": "Allow", "Principal": "*", "Action": "*", "Resource": "*"}
            ),
            "CallerArn": arn("user", "u"),
            "ResourceArns": [A],
        },
        "InvalidInput",
        "ResourceNames are not in a valid ARN format: *.",
    ),
    (
        {"ResourceHandlingOption": "EC2-VPC-EBS", "ResourceArns": [A]},
        "InvalidInput",
        "Invalid input resource handling options. Action does not support resource handling "
        "options: s3:GetObject.",
    ),
    ({"Marker": "not-a-marker"}, "InvalidInput", "Invalid marker for pagination."),
    (
        {"ActionNames": []},
        "ValidationError",
        "1 validation error detected: Value null at 'actionNames' failed to satisfy constraint: "
        "Member must not be null",
    ),
    (
        {"MaxItems": 1001},
        "ValidationError",
        "1 validation error detected: Value '1001' at 'maxItems' failed to satisfy constraint: "
        "Member must have value less than or equal to 1000",
    ),
]


@pytest.mark.parametrize(("params", "code", "message"), REFUSED)
def test_aws_refuses_what_makes_no_sense(
    refusal: Any, params: dict[str, Any], code: str, message: str
) -> None:
    given = {"PolicyInputList": [READ], "ActionNames": GET, **params}
    error: AwsError = refusal("SimulateCustomPolicy", **given)
    assert (error.code, error.message) == (code, message)


def test_a_document_that_does_not_parse_has_the_place_in_its_error(refusal: Any) -> None:
    error = refusal("SimulateCustomPolicy", PolicyInputList=['{\n "x": }'], ActionNames=GET)
    assert (error.line, error.members) == (2, ("PolicyInputList",))
    assert error.detail


@pytest.mark.parametrize(
    ("exclusion", "message"),
    [
        ({}, "A PolicyIdentifier has exactly one of"),
        ({"PolicyType": "scp", "PolicyArn": arn("policy", "p")}, "exactly one of"),
        ({"PolicyArn": "arn:aws:iam::*:policy/whatever"}, "is not valid"),
        ({"PolicyArn": arn("policy", "a*b*")}, "is not valid"),
    ],
)
def test_exclusions_name_one_thing_each(
    world: World, refusal: Any, exclusion: dict[str, Any], message: str
) -> None:
    world.add_user("u")
    error = refusal(
        "SimulatePrincipalPolicy",
        PolicySourceArn=arn("user", "u"),
        ActionNames=GET,
        PolicyExclusionList=[exclusion],
    )
    assert error.code == "InvalidInput"
    assert message in error.message


@pytest.mark.parametrize(
    "operation", ["SimulatePrincipalPolicy", "GetContextKeysForPrincipalPolicy"]
)
def test_the_source_is_a_user_group_or_role_of_the_account(refusal: Any, operation: str) -> None:
    more = {"ActionNames": GET} if operation.startswith("Simulate") else {}
    session = f"arn:aws:sts::{ACCOUNT_ID}:assumed-role/R/s"
    error = refusal(operation, PolicySourceArn=session, **more)
    assert error.code == "InvalidInput"
    assert error.message == (
        f"Invalid Entity Arn: {session} does not clearly define entity type and name."
    )
    for kind in ("user", "group", "role"):
        missing = refusal(operation, PolicySourceArn=arn(kind, "nobody"), **more)
        assert (missing.code, missing.status) == ("NoSuchEntity", 404)
        assert missing.message == f"The {kind} with name nobody cannot be found."


def test_another_accounts_principals_are_out_of_reach(world: World, refusal: Any) -> None:
    other = world.add_account(OTHER_ID)
    perform(world.root(other), "iam:CreateUser", {"UserName": "u"})
    source = f"arn:aws:iam::{OTHER_ID}:user/u"
    error = refusal("SimulatePrincipalPolicy", PolicySourceArn=source, ActionNames=GET)
    assert error.code == "NoSuchEntity"
