"""Several violations of one call, each at the field it belongs to."""

from django import forms
from hypothesis import given
from hypothesis import strategies as st

from console.pages.faults import refuse_at_fields
from iam.wire.errors import AwsError
from iam.wire.validation import validate

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


def form_with(*names: str) -> forms.Form:
    form = forms.Form({})
    form.fields.update({name: forms.CharField(required=False) for name in names})
    return form


def refusal(operation: str, params: dict[str, object]) -> AwsError | None:
    try:
        validate(operation, params)
    except AwsError as error:
        return error
    return None


def at_fields(operation: str, **params: object) -> dict[str, list[str]]:
    """Return the errors of a form that has a field for each parameter."""
    form, error = form_with(*params), refusal(operation, params)
    if error is not None:
        assert refuse_at_fields(form, error, {name: name for name in params})
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


def test_iams_own_sentences_are_told_apart_too() -> None:
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


def test_a_sentence_about_several_parameters_is_shown_once() -> None:
    error = AwsError("InvalidTrailNameException", "No.", members=("Name", "TrailName"))
    form = form_with("name", "trail")
    assert refuse_at_fields(form, error, {"TrailName": "trail"})
    assert form.errors == {"trail": ["No."]}
    form = form_with("name", "trail")
    assert refuse_at_fields(form, error, {"Name": "name", "TrailName": "trail"})
    assert form.errors == {"name": ["No."]}


def test_an_error_that_has_no_field_is_left_to_the_page() -> None:
    form = form_with("name")
    assert not refuse_at_fields(form, AwsError("LimitExceeded", "Too many."), {"Name": "name"})
    error = AwsError("InvalidInput", "No.", members=("Tags",))
    assert not refuse_at_fields(form, error, {"Name": "name"})
    assert form.errors == {}
