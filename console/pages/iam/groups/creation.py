"""*Create user group*: name, users and policies on one page."""

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from console.pages.calls import call_all
from console.pages.forms import AS_TYPED, AwsForm
from console.pages.iam.attach.grants import attach_policies
from console.pages.iam.entities.user_listing import list_users
from console.pages.iam.entity_pages import GROUP
from console.pages.iam.groups.members import add_members, user_picker
from console.pages.iam.navigation import iam_frame
from console.pages.iam.policy_table import policy_picker
from console.pages.outcomes import MOST_AT_ONCE, chosen_of
from console.signin.guard import console_page
from console.ui.flash import flash_success


class GroupForm(AwsForm):
    """The name of a new group."""

    GroupName = forms.CharField(
        label="User group name",
        required=False,
        widget=forms.TextInput(attrs=AS_TYPED),
    )


_USERS = user_picker(title="Add users to the group - Optional", prefix="users-")
_POLICIES = policy_picker(
    title="Attach permissions policies - Optional",
    description="You can attach up to 10 policies to this user group. All the users in this group "
    "will have permissions that are defined in the selected policies.",
    prefix="policies-",
)


def _refusal(users: list[str], policies: list[str]) -> str:
    most = max(len(users), len(policies))
    return f"Choose {MOST_AT_ONCE} at most." if most > MOST_AT_ONCE else ""


@require_http_methods(["GET", "POST"])
@console_page
def group_create(request: HttpRequest) -> HttpResponse:
    """Create a group, then add its users and attach its policies, a call each."""
    users = chosen_of(request.POST.getlist("member"))
    policies = chosen_of(request.POST.getlist("selected"))
    form = GroupForm(request.POST or None)
    error = _refusal(users, policies)
    if request.method == "POST" and not error and form.is_valid():
        name = form.cleaned_data["GroupName"]
        if not form.send(request, "iam:CreateGroup", GroupName=name).error:
            view = ("View group", reverse("group", args=[name]))
            flash_success(request, f"{name} user group created.", view)
            add_members(request, name, users, quiet=True)
            attach_policies(request, GROUP, name, policies, quiet=True)
            return redirect("groups")
    listed = list_users(request)
    managed = call_all(request, "iam:ListPolicies", "Policies")
    context = {
        "form": form,
        "error": error,
        "users": _USERS.view(
            request,
            listed.source,
            selected=users,
            refused=listed.refused,
            complete=listed.complete,
        ),
        "policies": _POLICIES.view(
            request, managed.rows("Policies"), selected=policies, refused=managed
        ),
    }
    trail = [("User groups", reverse("groups")), ("Create user group", "")]
    frame = iam_frame(request, "groups", trail)
    return render(request, "iam/groups/create.html", {**frame, **context})
