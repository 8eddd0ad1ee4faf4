"""The form whose values AWS judges, for all services."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.http import HttpRequest, QueryDict

from console.pages.calls import CallResult, call
from iam.wire.errors import AwsError

# For inputs of names and ARNs, which a browser must neither complete nor correct.
AS_TYPED = {"autocomplete": "off", "autocapitalize": "off", "spellcheck": "false"}


class AwsForm(forms.Form):
    """A form whose errors come from AWS: each is shown at its field, or above the form.

    A field named as a parameter is the field of that parameter. `fields_by_parameter` names the
    fields of others.
    """

    fields_by_parameter: Mapping[str, str] = {}
    refused = CallResult()

    def send(self, request: HttpRequest, operation: str, /, **params: Any) -> CallResult:
        """Make a call; if it is refused, the form shows why."""
        result = call(request, operation, **params)
        if result.error is not None:
            self.refuse(result.error)
        return result

    def refuse(self, error: AwsError) -> None:
        """Show each violation at its member's field, and an error without a field above the form.

        A violation of several members is shown at the first of them that has a field.
        """
        fields = {**{name: name for name in self.fields}, **self.fields_by_parameter}
        field_of: dict[str, str] = {}
        for violation in error.violations:
            found = field_of.get(violation.message) or fields.get(violation.member, "")
            field_of[violation.message] = found
        for message, field in field_of.items():
            if field:
                self.add_error(field, message)
        if not field_of or not all(field_of.values()):
            self.refused = CallResult(error=error)


def sent(request: HttpRequest) -> QueryDict:
    """Return the parameters of a form, or of the address that opens its page."""
    return request.POST if request.method == "POST" else request.GET
