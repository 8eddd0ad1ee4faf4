"""What a user's page changes: permissions boundary and tags."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from console.pages.attempts import attempt
from console.pages.iam.entities.dialogs import Dialog
from console.pages.iam.entities.kinds import USER
from console.pages.iam.entities.refusals import answered, refused_page
from console.pages.iam.entities.tags import Tagged, manage_tags
from console.pages.iam.navigation import iam_frame
from console.pages.iam.policy_table import policy_picker
from console.pages.iam.requests import Answered, ask, ask_all
from console.signin.guard import console_page
from console.ui.flash import flash_success

_PICKER = policy_picker(
    id="boundary",
    title="Policies",
    selection="radio",
    selection_name="boundary",
    keep_selection=False,
)


def _boundary(answer: Answered) -> str:
    found = answer.result.get("User", {}).get("PermissionsBoundary", {})
    return str(found.get("PermissionsBoundaryArn", ""))


def _put(request: HttpRequest, name: str, arn: str) -> Answered:
    if not arn:
        return Answered(denied="Choose the policy to use as the boundary.")
    params = {"UserName": name, "PermissionsBoundary": arn}
    error = attempt(request, "iam:PutUserPermissionsBoundary", **params).error
    return answered(error) if error else Answered()


@require_http_methods(["GET", "POST"])
@console_page
def user_boundary(request: HttpRequest, name: str) -> HttpResponse:
    """Set the permissions boundary, or another in its place."""
    user = ask(request, "iam:GetUser", UserName=name)
    if user.denied:
        return refused_page(request, user, "users")
    refused, chosen = Answered(), request.POST.get("boundary", "")
    if request.method == "POST":
        refused = _put(request, name, chosen)
        if not refused.denied:
            flash_success(request, f"Permissions boundary set for user {name}.")
            return redirect("user", name)
    answer = ask_all(request, "iam:ListPolicies", "Policies")
    selected = [chosen or _boundary(user)]
    context = {
        "name": name,
        "table": _PICKER.view(request, answer.rows("Policies"), selected=selected, **answer.shown),
        "refused": refused,
        "back": USER.url(name),
    }
    frame = iam_frame(request, "users", USER.trail(name, "Permissions boundary"))
    return render(request, "iam/users/boundary.html", {**frame, **context})


@require_http_methods(["GET", "POST"])
@console_page
def user_boundary_remove(request: HttpRequest, name: str) -> HttpResponse:
    """Take the permissions boundary away, once it was asked."""
    refused = Answered()
    if request.method == "POST":
        error = attempt(request, "iam:DeleteUserPermissionsBoundary", UserName=name).error
        if error is None:
            flash_success(request, f"Permissions boundary removed from user {name}.")
            return redirect("user", name)
        refused = answered(error)
    dialog = Dialog(
        f"Remove the permissions boundary of {name}?",
        ("The user's policies then allow all that they say.",),
        "Remove boundary",
        USER.url(name),
        refused=refused,
    )
    frame = iam_frame(request, "users", USER.trail(name, "Remove boundary"))
    return dialog.show(request, frame)


@require_http_methods(["GET", "POST"])
@console_page
def user_tags(request: HttpRequest, name: str) -> HttpResponse:
    """Add, change and remove the user's tags."""
    tagged = Tagged("User", {"UserName": name}, f"{USER.url(name)}?tab=tags", "users")
    return manage_tags(request, tagged, USER.trail(name, "Manage tags"))
