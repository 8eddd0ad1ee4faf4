"""An error of AWS at the fields of a form."""

from collections.abc import Mapping

from django import forms

from iam.wire.errors import AwsError


def refuse_at_fields(form: forms.Form, error: AwsError, fields: Mapping[str, str]) -> bool:
    """Add each violation to the field that `fields` gives its member; return whether all have one.

    What is said of several members is added to the first of them that has a field.
    """
    field_of: dict[str, str] = {}
    for violation in error.violations:
        field = field_of.get(violation.message) or fields.get(violation.member, "")
        field_of[violation.message] = field
    for message, field in field_of.items():
        if field:
            form.add_error(field, message)
    return bool(field_of) and all(field_of.values())
