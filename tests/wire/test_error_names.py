"""The same refusal in the words of each protocol's services."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from iam.wire.errors import AwsError
from iam.wire.protocols.error_names import worded
from iam.wire.validation import validate

COUNTS = {"MinCount": 1, "MaxCount": 1}
PIECES = ("it's", "'; Value at '", "Member must not be null", "Value 'a' at 'b' enum value set")
TYPED = st.lists(
    st.sampled_from(PIECES) | st.text(st.characters(codec="utf-8", exclude_characters="\0"))
)


def by_ec2(operation: str, params: dict[str, Any]) -> AwsError:
    with pytest.raises(AwsError) as refused:
        validate(operation, params)
    return worded(refused.value, "ec2")


def test_ec2_names_a_missing_parameter() -> None:
    error = by_ec2("ec2:RunInstances", {"MaxCount": 1})
    assert (error.code, error.status) == ("MissingParameter", 400)
    assert error.message == "The request must contain the parameter MinCount"


@given(TYPED.map("".join))
def test_ec2_repeats_a_value_of_no_enumeration_whatever_it_looks_like(typed: str) -> None:
    error = by_ec2("ec2:RunInstances", {**COUNTS, "InstanceInitiatedShutdownBehavior": typed})
    assert error.code == "InvalidParameterValue"
    assert error.message == f"Invalid value '{typed}' for InstanceInitiatedShutdownBehavior."


@given(TYPED.map("".join))
def test_ec2_leaves_what_breaks_another_constraint_as_it_is(typed: str) -> None:
    params = {"Filters": typed, "MaxResults": 1}
    error = by_ec2("ec2:DescribeIamInstanceProfileAssociations", params)
    assert error.code == "InvalidParameterValue"
    assert error.message.startswith("2 validation errors detected: ")


@pytest.mark.parametrize(
    ("protocol", "code"),
    [
        ("query", "ValidationError"),
        ("json", "ValidationException"),
        ("rest-xml", "InvalidArgument"),
        ("ec2", "InvalidParameterValue"),
    ],
)
def test_a_validation_error_has_a_name_in_each_protocol(protocol: str, code: str) -> None:
    error = AwsError("ValidationError", "No.", members=("Name",))
    assert (worded(error, protocol).code, worded(error, protocol).message) == (code, "No.")
