"""The buttons of a policy's page: its versions and tags, and its deletion."""

from functools import partial

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from console.pages.calls import CallResult, call
from console.pages.dialogs import ConfirmDialog
from console.pages.forms import sent
from console.pages.iam.entities.tags import TaggedEntity, manage_tags
from console.pages.iam.navigation import iam_frame
from console.pages.iam.policies.policy_lookup import PolicyLookup, find_policy, policy_page
from console.pages.iam.refusals import refused_page
from console.signin.guard import console_page

_VERSION_WORDS = {
    "default": (
        "Set {version} as the default version?",
        "It takes effect immediately, wherever the policy is attached.",
        "Set as default",
        "iam:SetDefaultPolicyVersion",
        "{version} is now the default version of {name}.",
    ),
    "delete": (
        "Delete {version}?",
        "The version cannot be restored.",
        "Delete",
        "iam:DeletePolicyVersion",
        "Version {version} of {name} deleted.",
    ),
}


@require_http_methods(["GET", "POST"])
@policy_page
def policy_version(request: HttpRequest, found: PolicyLookup) -> HttpResponse:
    """Ask for confirmation, then set the version as the default or delete it."""
    data = sent(request)
    version, verb = data.get("version", ""), data.get("do", "")
    if verb not in _VERSION_WORDS:
        raise Http404
    title, sentence, action, operation, done = _VERSION_WORDS[verb]
    dialog = ConfirmDialog(
        title.format(version=version),
        (sentence,),
        action,
        found.tab("versions"),
        hidden=(("arn", found.arn), ("version", version), ("do", verb)),
    )
    frame = iam_frame(request, "policies", found.trail("Version"))
    change = partial(call, request, operation, PolicyArn=found.arn, VersionId=version)
    return dialog.carry_out(request, frame, change, done.format(version=version, name=found.name))


@require_http_methods(["GET", "POST"])
@console_page
def policy_tags(request: HttpRequest) -> HttpResponse:
    """Add, change and remove the policy's tags."""
    found = PolicyLookup(request.GET.get("arn", ""), CallResult())
    tagged = TaggedEntity("Policy", {"PolicyArn": found.arn}, found.tab("tags"), "policies")
    return manage_tags(request, tagged, found.trail("Manage tags"))


def _delete(request: HttpRequest, found: PolicyLookup, *, in_use: bool) -> CallResult:
    """Delete the versions that are not in effect, then the policy; return the first refusal.

    A policy in use keeps its versions: AWS refuses to delete it.
    """
    policy = {"PolicyArn": found.arn}
    listed = CallResult() if in_use else call(request, "iam:ListPolicyVersions", **policy)
    if listed.error:
        return listed
    for version in listed.rows("Versions"):
        if not version["IsDefaultVersion"]:
            old = {**policy, "VersionId": version["VersionId"]}
            deleted = call(request, "iam:DeletePolicyVersion", **old)
            if deleted.error:
                return deleted
    return call(request, "iam:DeletePolicy", **policy)


def _warning(request: HttpRequest, found: PolicyLookup) -> str:
    result = call(request, "iam:ListEntitiesForPolicy", PolicyArn=found.arn)
    keys = ("PolicyUsers", "PolicyGroups", "PolicyRoles")
    using = sum(len(result.rows(key)) for key in keys)
    if not using:
        return ""
    entities = "1 entity has" if using == 1 else f"{using} entities have"
    return f"{entities} this policy. Detach it first: a policy in use cannot be deleted."


@require_http_methods(["GET", "POST"])
@console_page
def policy_delete(request: HttpRequest) -> HttpResponse:
    """Ask for the policy's name, then delete it with its versions."""
    found = find_policy(request)
    if not found.arn:
        return redirect("policies")
    if found.result.error:
        return refused_page(request, found.result, "policies")
    warning = _warning(request, found)
    dialog = _delete_dialog(found, warning)
    frame = iam_frame(request, "policies", found.trail("Delete"))
    delete = partial(_delete, request, found, in_use=bool(warning))
    return dialog.carry_out(request, frame, delete, f"Policy {found.name} deleted.")


def _delete_dialog(found: PolicyLookup, warning: str) -> ConfirmDialog:
    return ConfirmDialog(
        f"Delete {found.name}?",
        ("Delete the policy permanently, with all its versions. This action cannot be undone.",),
        "Delete",
        reverse("policies"),
        expected=found.name,
        hidden=(("arn", found.arn),),
        warning=warning,
    )
