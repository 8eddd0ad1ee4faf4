"""Several violations of one call, each at the field it belongs to."""

import pytest

from console.pages.faults import faults_of
from iam.wire.errors import AwsError
from iam.wire.validation import validate


def faults(operation: str, **params: object) -> list[tuple[str, str]]:
    with pytest.raises(AwsError) as raised:
        validate(operation, params)
    return faults_of(raised.value)


def test_each_parameter_has_the_sentence_that_aws_would_answer_to_it_alone() -> None:
    found = faults("sts:AssumeRole", RoleArn="x; y", RoleSessionName="a b", Tags=[{"Key": "k"}])
    assert [name for name, _ in found] == ["RoleArn", "RoleSessionName", "Tags"]
    assert found[0][1] == (
        "1 validation error detected: Value 'x; y' at 'roleArn' failed to satisfy constraint: "
        "Member must have length greater than or equal to 20"
    )
    assert found[2][1].endswith("at 'tags.1.member.value' failed to satisfy constraint: "
                                "Member must not be null")  # fmt: skip


def test_iams_own_sentences_are_told_apart_too() -> None:
    found = dict(faults("iam:CreateUser", UserName="a b", Path="x"))
    assert found["UserName"].startswith("The specified value for userName is invalid.")
    assert found["Path"].startswith("The specified value for path is invalid.")
    assert "userName" not in found["Path"]


def test_a_value_that_looks_like_a_violation_deceives_nobody() -> None:
    fake = "y; Value 'x' at 'roleArn' failed to satisfy constraint: z"
    assert faults("sts:AssumeRole", RoleArn="x", RoleSessionName=fake) == []


def test_a_sentence_about_a_parameter_that_the_error_does_not_name_is_placed() -> None:
    place = "1 validation error detected: Value at 'policyArns'"
    error = AwsError("ValidationError", f"{place} failed to satisfy constraint: …")
    assert faults_of(error) == []
    assert faults_of(error, ["Policy", "PolicyArns"]) == [("PolicyArns", error.message)]
