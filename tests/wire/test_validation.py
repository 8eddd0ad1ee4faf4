"""What AWS's front door refuses, and with which sentence."""

import contextlib
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from iam.wire.errors import AwsError
from iam.wire.validation import validate

TRUST = '{"Version": "2012-10-17", "Statement": []}'
ROLE_ARN = "arn:aws:iam::975050059573:role/s3-full"


def refusal(operation: str, params: Any) -> AwsError:
    with pytest.raises(AwsError) as caught:
        validate(operation, params)
    assert caught.value.code == "ValidationError"
    assert caught.value.status == 400
    return caught.value


def single(path_and_constraint: str) -> str:
    return f"1 validation error detected: Value {path_and_constraint}"


def test_a_missing_parameter_is_null_and_must_not_be():
    error = refusal("iam:CreateRole", {"AssumeRolePolicyDocument": TRUST})
    assert error.message == single(
        "null at 'roleName' failed to satisfy constraint: Member must not be null"
    )
    assert error.members == ("RoleName",)


def test_none_is_the_same_as_missing():
    params = {"AssumeRolePolicyDocument": TRUST, "RoleName": None}
    assert "Value null at 'roleName'" in refusal("iam:CreateRole", params).message
    assert validate("iam:ListRoles", {"PathPrefix": None}) == {}


def test_an_empty_name_is_too_short():
    error = refusal("iam:GetRole", {"RoleName": ""})
    assert error.message == single(
        "'' at 'roleName' failed to satisfy constraint: "
        "Member must have length greater than or equal to 1"
    )


def test_a_long_name_is_refused_with_its_limit():
    error = refusal("iam:GetRole", {"RoleName": "a" * 65})
    assert error.message == single(
        f"'{'a' * 65}' at 'roleName' failed to satisfy constraint: "
        "Member must have length less than or equal to 64"
    )


@pytest.mark.parametrize("name", ["a b", "rôle", "日本", "x/y", "a\n"])
def test_a_wrong_name_gets_the_sentence_of_iam(name: str):
    error = refusal("iam:GetRole", {"RoleName": name})
    assert error.message == (
        "The specified value for roleName is invalid. It must contain only alphanumeric "
        "characters and/or the following: +=,.@_-"
    )
    assert error.members == ("RoleName",)


def test_a_wrong_path_gets_the_sentence_of_iam():
    params = {"RoleName": "r", "AssumeRolePolicyDocument": TRUST, "Path": "x"}
    assert refusal("iam:CreateRole", params).message == (
        "The specified value for path is invalid. It must begin and end with / and contain only "
        "alphanumeric characters and/or / characters."
    )


def test_the_models_constraints_come_before_the_sentence_of_iam():
    error = refusal("iam:CreateLoginProfile", {"UserName": "a b", "Password": "日"})
    assert error.members == ("Password",)


def test_a_session_name_must_match_its_pattern():
    params = {"RoleArn": ROLE_ARN, "RoleSessionName": "a b"}
    assert refusal("sts:AssumeRole", params).message == single(
        "'a b' at 'roleSessionName' failed to satisfy constraint: "
        r"Member must satisfy regular expression pattern: [\w+=,.@-]*"
    )


def test_a_duration_has_a_smallest_and_a_greatest_value():
    params = {"RoleArn": ROLE_ARN, "RoleSessionName": "me"}
    assert refusal("sts:AssumeRole", params | {"DurationSeconds": 5}).message == single(
        "'5' at 'durationSeconds' failed to satisfy constraint: "
        "Member must have value greater than or equal to 900"
    )
    assert refusal("sts:AssumeRole", params | {"DurationSeconds": 43201}).message == single(
        "'43201' at 'durationSeconds' failed to satisfy constraint: "
        "Member must have value less than or equal to 43200"
    )


def test_an_enumeration_lists_its_values():
    assert refusal("iam:ListPolicies", {"Scope": "Mine"}).message == single(
        "'Mine' at 'scope' failed to satisfy constraint: "
        "Member must satisfy enum value set: [All, AWS, Local]"
    )


def test_a_member_of_a_list_is_named_by_its_number():
    params = {"RoleName": "r", "Tags": [{"Key": "team", "Value": "x"}, {"Key": "k" * 129}]}
    error = refusal("iam:TagRole", params)
    assert error.message.startswith("2 validation errors detected: ")
    assert "Value null at 'tags.2.member.value' failed" in error.message
    assert "at 'tags.2.member.key' failed" in error.message
    assert error.members == ("Tags",)


def test_a_list_of_texts_fails_as_a_whole():
    params = {"PolicySourceArn": ROLE_ARN, "ActionNames": ["s3:GetObject", "a"]}
    assert refusal("iam:SimulatePrincipalPolicy", params).message == single(
        "'[s3:GetObject, a]' at 'actionNames' failed to satisfy constraint: Member must satisfy "
        "constraint: [Member must have length less than or equal to 128, "
        "Member must have length greater than or equal to 3]"
    )


def test_a_password_is_never_repeated():
    message = refusal("iam:ChangePassword", {"OldPassword": "hunter2", "NewPassword": "日本日本"})
    assert "Value at 'newPassword' failed" in message.message
    assert "日本" not in message.message


def test_an_unknown_parameter_is_named():
    error = refusal("iam:GetUser", {"Name": "x"})
    assert error.message == 'Unknown parameter in input: "Name", must be one of: UserName'
    assert error.members == ("Name",)


def test_an_operation_without_parameters_takes_none():
    assert validate("sts:GetCallerIdentity", {}) == {}
    assert refusal("sts:GetCallerIdentity", {"X": 1}).members == ("X",)


def test_an_unknown_operation_is_an_invalid_action():
    for operation in ("iam:Nope", "nope:Nope", "../iam:GetRole", "", "iam", "signin:SwitchRole"):
        with pytest.raises(AwsError, match="InvalidAction"):
            validate(operation, {})


def test_letters_of_any_script_may_be_in_a_tag_but_not_every_character():
    params: dict[str, Any] = {"RoleName": "r", "Tags": [{"Key": "équipe 日本", "Value": ""}]}
    assert validate("iam:TagRole", params) == params
    params["Tags"][0]["Value"] = "a;b"
    assert "tags.1.member.value" in refusal("iam:TagRole", params).message


@pytest.mark.parametrize(
    ("operation", "params"),
    [
        ("iam:GetRole", {"RoleName": 5}),
        ("iam:GetRole", {"RoleName": "\ud800"}),
        ("s3:GetObject", {"Bucket": "b", "Key": "a\0b"}),
        ("iam:ListRoles", {"MaxItems": "5"}),
        ("iam:ListRoles", {"MaxItems": True}),
        ("iam:ListRoles", {"MaxItems": 10**5000}),
        ("iam:TagRole", {"RoleName": "r", "Tags": "team"}),
        ("iam:TagRole", {"RoleName": "r", "Tags": [None]}),
        ("iam:CreateLoginProfile", {"PasswordResetRequired": "yes"}),
        ("cloudtrail:LookupEvents", {"StartTime": datetime(2026, 1, 1)}),
    ],
)
def test_a_wrong_type_is_a_validation_error(operation: str, params: Any):
    assert "failed to satisfy constraint" in refusal(operation, params).message


def test_valid_parameters_come_back_with_blobs_as_bytes_and_aware_times():
    start = datetime(2026, 1, 1, tzinfo=UTC)
    assert validate("cloudtrail:LookupEvents", {"StartTime": start}) == {"StartTime": start}
    put = {"Bucket": "b", "Key": "k", "Metadata": {"a": "b"}}
    assert validate("s3:PutObject", put | {"Body": "é"}) == put | {"Body": "é".encode()}


VALUES: st.SearchStrategy[Any] = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text()
    | st.text(st.characters(), max_size=3)
    | st.binary()
    | st.datetimes(),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(st.sampled_from(["Key", "Value", "arn", "x"]) | st.text(), inner)
    ),
    max_leaves=10,
)
NAMES = st.sampled_from(
    [
        "RoleName",
        "Tags",
        "Path",
        "MaxSessionDuration",
        "Policy",
        "PolicyArns",
        "RoleArn",
        "RoleSessionName",
        "Bucket",
        "Body",
        "Metadata",
        "StartTime",
        "LookupAttributes",
    ]
)
OPERATIONS = st.sampled_from(
    [
        "iam:CreateRole",
        "iam:TagRole",
        "sts:AssumeRole",
        "s3:PutObject",
        "iam:GetAccountSummary",
        "cloudtrail:LookupEvents",
        "iam:SimulateCustomPolicy",
    ]
)


@settings(max_examples=300, deadline=None)
@given(OPERATIONS, st.dictionaries(NAMES | st.text() | st.integers(), VALUES, max_size=6))
def test_nothing_sent_raises_anything_but_an_aws_error(operation: str, params: Any):
    with contextlib.suppress(AwsError):
        assert isinstance(validate(operation, params), dict)
