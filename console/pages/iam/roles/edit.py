"""*Edit role*: description and maximum session duration."""

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


class RoleEditForm(AwsForm):
    """*Edit role*."""

    Description = forms.CharField(
        required=False, strip=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    MaxSessionDuration = forms.IntegerField(
        label="Maximum session duration",
        widget=forms.NumberInput(
            attrs={"list": "durations", "step": "1", "min": "3600", "max": "43200"}
        ),
    )


@require_http_methods(["GET", "POST"])
@console_page
def role_edit(request: HttpRequest, name: str) -> HttpResponse:
    """Change the description and the maximum session duration."""
    result = call(request, "iam:GetRole", RoleName=name)
    if result.error:
        return refused_page(request, result, "roles")
    form = RoleEditForm(request.POST or None, initial=result.output["Role"])
    if (
        request.method == "POST"
        and form.is_valid()
        and not form.send(request, "iam:UpdateRole", RoleName=name, **form.cleaned_data).error
    ):
        flash_success(request, f"Role {name} updated.")
        return redirect("role", name)
    context = {"name": name, "form": form, "durations": DURATIONS, "back": ROLE.url(name)}
    frame = iam_frame(request, "roles", ROLE.trail(name, "Edit"))
    return render(request, "iam/roles/edit.html", {**frame, **context})
