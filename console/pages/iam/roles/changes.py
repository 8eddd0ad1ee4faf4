"""What a role's page changes: description and session length, tags, boundary, policies."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from console.pages.iam.navigation import iam_frame
from console.pages.iam.policy_table import policy_picker
from console.pages.iam.requests import Answered, ask, ask_all, why_url
from console.pages.iam.roles.one import missing_page
from console.signin.console import console_of
from console.signin.guard import console_page
from console.ui.flash import flash_error, flash_success
from console.ui.tags import TagsField
from iam.perform import perform
from iam.wire.errors import AwsError

DURATIONS = [
    (3600, "1 hour"),
    (7200, "2 hours"),
    (14400, "4 hours"),
    (28800, "8 hours"),
    (43200, "12 hours"),
]


class RoleForm(forms.Form):
    """*Edit role*."""

    Description = forms.CharField(
        required=False, strip=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    MaxSessionDuration = forms.IntegerField(
        label="Maximum session duration",
        min_value=3600,
        max_value=43200,
        widget=forms.NumberInput(attrs={"list": "durations", "step": "1"}),
    )


class TagsForm(forms.Form):
    """*Manage tags*."""

    Tags = TagsField()


def _try(request: HttpRequest, operation: str, params: Mapping[str, Any]) -> Answered:
    try:
        return Answered(perform(console_of(request).caller, operation, params))
    except AwsError as error:
        return Answered(denied=error.message, why_url=why_url(error), code=error.code)


def _page(
    request: HttpRequest, template: str, name: str, title: str, context: dict[str, Any]
) -> HttpResponse:
    trail = [("Roles", reverse("roles")), (name, reverse("role", args=[name])), (title, "")]
    around = iam_frame(request, "roles", trail)
    return render(request, template, {**around, "name": name, "title": title, **context})


@require_http_methods(["GET", "POST"])
@console_page
def role_edit(request: HttpRequest, name: str) -> HttpResponse:
    """Change the description and the maximum session duration."""
    answer = ask(request, "iam:GetRole", RoleName=name)
    if answer.denied:
        return missing_page(request, answer, "roles")
    refused = Answered()
    form = RoleForm(request.POST or None, initial=answer.result["Role"])
    if request.method == "POST" and form.is_valid():
        refused = _try(request, "iam:UpdateRole", {"RoleName": name, **form.cleaned_data})
        if not refused.denied:
            flash_success(request, f"Role {name} updated.")
            return redirect("role", name)
    context = {"form": form, "refused": refused, "durations": DURATIONS}
    return _page(request, "iam/roles/edit.html", name, "Edit", context)


@require_http_methods(["GET", "POST"])
@console_page
def role_tags(request: HttpRequest, name: str) -> HttpResponse:
    """Add, change and remove tags, by AWS's two calls."""
    answer = ask(request, "iam:ListRoleTags", RoleName=name)
    if answer.denied:
        return missing_page(request, answer, "roles")
    before = {tag["Key"]: tag["Value"] for tag in answer.rows("Tags")}
    refused = Answered()
    form = TagsForm(
        request.POST if request.method == "POST" else None, initial={"Tags": list(before.items())}
    )
    if request.method == "POST" and form.is_valid():
        after = {tag["Key"]: tag["Value"] for tag in form.cleaned_data["Tags"]}
        refused = _save_tags(request, name, before, after)
        if not refused.denied:
            flash_success(request, "Tags updated.")
            return redirect(f"{reverse('role', args=[name])}?tab=tags")
    context = {"form": form, "refused": refused}
    return _page(request, "iam/roles/tags.html", name, "Manage tags", context)


def _save_tags(
    request: HttpRequest, name: str, before: dict[str, str], after: dict[str, str]
) -> Answered:
    gone = [key for key in before if key not in after]
    new = [{"Key": k, "Value": v} for k, v in after.items() if before.get(k) != v]
    answer = Answered()
    if gone:
        answer = _try(request, "iam:UntagRole", {"RoleName": name, "TagKeys": gone})
    if new and not answer.denied:
        answer = _try(request, "iam:TagRole", {"RoleName": name, "Tags": new})
    return answer


@require_http_methods(["GET", "POST"])
@console_page
def role_boundary(request: HttpRequest, name: str) -> HttpResponse:
    """Set, change or remove the permissions boundary."""
    refused = Answered()
    if request.method == "POST":
        refused = _change_boundary(request, name)
        if not refused.denied:
            flash_success(request, f"Permissions boundary of {name} updated.")
            return redirect("role", name)
    answer = ask_all(request, "iam:ListPolicies", "Policies")
    table = policy_picker(
        id="boundary",
        title="Policies",
        selection="radio",
        selection_name="boundary",
        keep_selection=False,
        selection_form="boundary-form",
    )
    context = {
        "table": table.view(request, answer.rows("Policies"), **answer.shown),
        "refused": refused,
    }
    return _page(request, "iam/roles/boundary.html", name, "Permissions boundary", context)


def _change_boundary(request: HttpRequest, name: str) -> Answered:
    if request.POST.get("remove"):
        return _try(request, "iam:DeleteRolePermissionsBoundary", {"RoleName": name})
    arn = request.POST.get("boundary", "")
    if not arn:
        return Answered(denied="Choose the policy to use as the boundary.")
    params = {"RoleName": name, "PermissionsBoundary": arn}
    return _try(request, "iam:PutRolePermissionsBoundary", params)


@require_http_methods(["GET", "POST"])
@console_page
def role_remove_policies(request: HttpRequest, name: str) -> HttpResponse:
    """Detach or delete the chosen policies, after asking."""
    data = request.POST if request.method == "POST" else request.GET
    chosen = list(dict.fromkeys(data.getlist("selected")))[:50]
    if not chosen:
        return redirect("role", name)
    if request.method == "GET":
        names = [one.partition(":")[2].rpartition("/")[2] for one in chosen]
        context = {"chosen": list(zip(chosen, names, strict=True))}
        return _page(request, "iam/roles/remove.html", name, "Remove policies", context)
    for one in chosen:
        kind, _, what = one.partition(":")
        if kind == "managed":
            call = ("iam:DetachRolePolicy", {"RoleName": name, "PolicyArn": what})
        else:
            call = ("iam:DeleteRolePolicy", {"RoleName": name, "PolicyName": what})
        answer = _try(request, *call)
        shown = what.rpartition("/")[2]
        if answer.denied:
            why = ("Why?", answer.why_url) if answer.why_url else None
            flash_error(request, f"{shown} was not removed: {answer.denied}", why)
        else:
            flash_success(request, f"Policy {shown} was removed from role {name}.")
    return redirect("role", name)
