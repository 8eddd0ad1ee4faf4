"""A form that AWS judges: where it shows what a call is refused for."""

from django import forms

from console.pages.forms import AwsForm
from iam.wire.errors import AwsError


class ShelfForm(AwsForm):
    """A form of nothing that AWS has."""

    fields_by_parameter = {"ShelfName": "name"}
    fields_by_code = {"ShelfInUse": "name"}

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


def test_an_error_that_names_no_parameter_stands_where_its_code_belongs() -> None:
    assert refused_for(AwsError("ShelfInUse", "It is full.")).errors == {"name": ["It is full."]}


def test_any_other_error_stands_over_the_form() -> None:
    error = AwsError("AccessDenied", "You may not.", 403)
    form = refused_for(error)
    assert not form.errors
    assert form.refused.error is error


def test_an_error_of_a_parameter_without_a_field_stands_over_the_form() -> None:
    form = refused_for(AwsError("Invalid", "No such owner.", members=("Owner",)))
    assert form.refused.message == "No such owner."
