"""*Edit role*: description and maximum session duration."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from console.pages.calls import call
from console.pages.forms import AwsForm
from console.pages.iam.entity_pages import ROLE
from console.pages.iam.navigation import iam_frame
from console.pages.iam.refusals import refused_page
from console.signin.guard import console_page
from console.ui.flash import flash_success

DURATIONS = [
    (3600, "1 hour"),
    (7200, "2 hours"),
    (14400, "4 hours"),
    (28800, "8 hours"),
    (43200, "12 hours"),
]
CUSTOM = ("custom", "Custom duration")


class RoleEditForm(AwsForm):
    """*Edit role*."""

    Description = forms.CharField(
        required=False, strip=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    duration = forms.ChoiceField(
        label="Maximum session duration",
        choices=[*((str(seconds), words) for seconds, words in DURATIONS), CUSTOM],
    )
    MaxSessionDuration = forms.IntegerField(
        label="Custom duration",
        required=False,
        widget=forms.NumberInput(attrs={"step": "1", "min": "3600", "max": "43200"}),
    )

    def clean(self) -> dict[str, Any]:
        """Take the duration from the list, unless it is a custom one."""
        chosen: dict[str, Any] = super().clean() or self.cleaned_data
        duration = chosen.pop("duration", CUSTOM[0])
        if duration != CUSTOM[0]:
            chosen["MaxSessionDuration"] = int(duration)
            self.errors.pop("MaxSessionDuration", None)
        elif chosen.get("MaxSessionDuration", "") is None:
            self.add_error("MaxSessionDuration", "Enter a duration in seconds.")
        return chosen


def _initial(role: Mapping[str, Any]) -> dict[str, Any]:
    seconds = role["MaxSessionDuration"]
    listed = seconds in dict(DURATIONS)
    return {**role, "duration": str(seconds) if listed else CUSTOM[0]}


@require_http_methods(["GET", "POST"])
@console_page
def role_edit(request: HttpRequest, name: str) -> HttpResponse:
    """Change the description and the maximum session duration."""
    result = call(request, "iam:GetRole", RoleName=name)
    if result.error:
        return refused_page(request, result, "roles")
    form = RoleEditForm(request.POST or None, initial=_initial(result.output["Role"]))
    if (
        request.method == "POST"
        and form.is_valid()
        and not form.send(request, "iam:UpdateRole", RoleName=name, **form.cleaned_data).error
    ):
        flash_success(request, f"Role {name} updated.")
        return redirect("role", name)
    context = {"name": name, "form": form, "back": ROLE.url(name)}
    frame = iam_frame(request, "roles", ROLE.trail(name, "Edit"))
    return render(request, "iam/roles/edit.html", {**frame, **context})
