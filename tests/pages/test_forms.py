"""A form that AWS judges: where it shows what a call is refused for."""

from django import forms
from hypothesis import given
from hypothesis import strategies as st

from console.pages.forms import AwsForm
from iam.wire.errors import AwsError
from iam.wire.validation import validate
from iam.wire.violations import Violation

GOOD = {"RoleArn": "arn:aws:iam::975050059573:role/s3-full", "RoleSessionName": "me"}
PIECES = (
    "'; Value at '",
    "; Value 'x' at 'roleArn' failed to satisfy constraint: z",
    "1 validation error detected: ",
    "2 validation errors detected: Value null at 'sourceIdentity'",
    "The specified value for path is invalid. ",
    "Member must not be null",
    "'",
    " ",
    "a",
)
TYPED = st.lists(st.sampled_from(PIECES) | st.text(max_size=4), max_size=4).map("".join)


class ShelfForm(AwsForm):
    """A form of nothing that AWS has."""

    fields_by_parameter = {"ShelfName": "name"}

    name = forms.CharField(required=False)
    Path = forms.CharField(required=False)


def refused_for(*errors: AwsError) -> ShelfForm:
    form = ShelfForm({"name": "a", "Path": "/"})
    assert form.is_valid()
    for error in errors:
        form.refuse(error)
    return form


def test_an_error_stands_at_the_field_of_its_parameter() -> None:
    form = refused_for(AwsError("Invalid", "No such shelf.", members=("ShelfName",)))
    assert form.errors == {"name": ["No such shelf."]}
    assert form.refused.error is None
    form = refused_for(AwsError("Invalid", "No such path.", members=("Path",)))
    assert form.errors == {"Path": ["No such path."]}


def test_any_other_error_stands_over_the_form() -> None:
    error = AwsError("AccessDenied", "You may not.", 403)
    form = refused_for(error)
    assert not form.errors
    assert form.refused.error is error


def test_an_error_of_a_parameter_without_a_field_stands_over_the_form() -> None:
    form = refused_for(AwsError("Invalid", "No such owner.", members=("Owner",)))
    assert form.refused.message == "No such owner."


def test_a_sentence_about_several_parameters_stands_at_the_first_that_has_a_field() -> None:
    error = AwsError("Invalid", "Not both.", members=("Owner", "Path", "ShelfName"))
    assert refused_for(error).errors == {"Path": ["Not both."]}


def test_an_error_of_which_one_part_has_no_field_stands_over_the_form_too() -> None:
    parts = [Violation("ShelfName", "No such shelf."), Violation("Owner", "No such owner.")]
    form = refused_for(AwsError("Invalid", violations=parts))
    assert form.errors == {"name": ["No such shelf."]}
    assert form.refused.message == "No such shelf. No such owner."


def at_fields(operation: str, **params: object) -> dict[str, list[str]]:
    """Return the errors of a form that has a field for each parameter."""
    form = AwsForm({})
    form.fields.update({name: forms.CharField(required=False) for name in params})
    try:
        validate(operation, params)
    except AwsError as error:
        form.refuse(error)
    assert form.refused.error is None
    return {name: [str(one) for one in messages] for name, messages in form.errors.items()}


def test_each_parameter_has_the_sentence_that_aws_would_answer_to_it_alone() -> None:
    found = at_fields("sts:AssumeRole", RoleArn="x; y", RoleSessionName="a b", Tags=[{"Key": "k"}])
    assert list(found) == ["RoleArn", "RoleSessionName", "Tags"]
    assert found["RoleArn"] == [
        "1 validation error detected: Value 'x; y' at 'roleArn' failed to satisfy constraint: "
        "Member must have length greater than or equal to 20"
    ]
    assert found["Tags"] == [
        "1 validation error detected: Value null at 'tags.1.member.value' failed to satisfy "
        "constraint: Member must not be null"
    ]


def test_each_of_iams_own_sentences_has_its_field() -> None:
    found = at_fields("iam:CreateUser", UserName="a b", Path="x")
    assert found["UserName"][0].startswith("The specified value for userName is invalid.")
    assert found["Path"][0].startswith("The specified value for path is invalid.")
    assert "userName" not in found["Path"][0]


@given(arn=TYPED, name=TYPED, identity=TYPED)
def test_a_value_that_looks_like_a_violation_deceives_nobody(
    arn: str, name: str, identity: str
) -> None:
    typed = {"RoleArn": arn, "RoleSessionName": name, "SourceIdentity": identity}
    alone = {one: at_fields("sts:AssumeRole", **{**GOOD, one: typed[one]}) for one in typed}
    together = at_fields("sts:AssumeRole", **typed)
    assert together == {one: found[one] for one, found in alone.items() if found}


@given(name=TYPED, path=TYPED)
def test_a_value_that_looks_like_iams_own_sentence_deceives_nobody(name: str, path: str) -> None:
    found = at_fields("iam:CreateUser", UserName=name, Path=path)
    for field, place in (("UserName", "userName"), ("Path", "path")):
        for message in found.get(field, []):
            own = f"The specified value for {place} is invalid."
            assert message.startswith(own) or f"' at '{place}' failed" in message
