"""The forms that AWS judges, of all services."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.http import HttpRequest

from console.pages.calls import CallResult, call
from console.pages.faults import refuse_at_fields
from iam.wire.errors import AwsError

# For inputs of names and ARNs, which a browser must neither complete nor correct.
AS_TYPED = {"autocomplete": "off", "autocapitalize": "off", "spellcheck": "false"}


class AwsForm(forms.Form):
    """A form whose errors come from AWS: each stands at the field at fault, or over the form.

    A field named as a parameter is the field of that parameter. `fields_by_parameter` names the
    fields of others, `fields_by_code` those at fault where an error names no parameter.
    """

    fields_by_parameter: Mapping[str, str] = {}
    fields_by_code: Mapping[str, str] = {}
    refused = CallResult()

    def send(self, request: HttpRequest, operation: str, /, **params: Any) -> CallResult:
        """Perform a call; if it is refused, the form shows why."""
        answer = call(request, operation, **params)
        if answer.error is not None:
            self.refuse(answer.error)
        return answer

    def refuse(self, error: AwsError) -> None:
        """Show each violation at the field at fault; over the form what is of no field."""
        fields = {**{name: name for name in self.fields}, **self.fields_by_parameter}
        if refuse_at_fields(self, error, fields):
            return
        field = self.fields_by_code.get(error.code, "")
        if field and not self.errors:
            self.add_error(field, error.message)
        else:
            self.refused = CallResult(error=error)
