"""What is shown where an answer was refused: a page in its place, or an alert over a form."""

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from console.pages.calls import CallResult, call
from console.pages.faults import refuse_at_fields
from console.pages.iam.entities.entity_pages import KINDS
from console.pages.iam.navigation import iam_frame
from iam.wire.errors import AwsError

_CRUMBS = {
    "policies": "Policies",
    "providers": "Identity providers",
    **{kind.plural: kind.crumb for kind in KINDS.values()},
}
_NOT_THERE = {"NoSuchEntity", "ValidationError", "InvalidInput"}


def refused_page(request: HttpRequest, answer: CallResult, current: str) -> HttpResponse:
    """Show why a page cannot be shown: what it is about does not exist, or it is denied."""
    missing = answer.code in _NOT_THERE
    title = "Not found" if missing else "Access denied"
    trail = [(_CRUMBS[current], reverse(current)), (title, "")]
    context = {
        **iam_frame(request, current, trail),
        "answer": answer,
        "missing": missing,
        "back": reverse(current),
    }
    return render(request, "iam/entities/refused.html", context, status=404 if missing else 403)


class IamForm(forms.Form):
    """A form with fields named as AWS's parameters; `refuse` puts each error at its field.

    `at_field` names the field at fault for errors that name no parameter, by their code.
    """

    at_field: dict[str, str] = {}
    refused = CallResult()

    def refuse(self, error: AwsError) -> None:
        """Show each violation at the field at fault; over the form what is of no field."""
        if refuse_at_fields(self, error, {name: name for name in self.fields}):
            return
        field = self.at_field.get(error.code, "")
        if field and not self.errors:
            self.add_error(field, error.message)
        else:
            self.refused = CallResult(error=error)

    def send(self, request: HttpRequest, operation: str, **params: Any) -> bool:
        """Perform a call; return whether it succeeded, show its error if not."""
        error = call(request, operation, **params).error
        if error is not None:
            self.refuse(error)
        return error is None
