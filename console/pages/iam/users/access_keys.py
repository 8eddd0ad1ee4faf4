"""Access keys of a user: creating one in three steps, and changing its status."""

from functools import partial

import regex
from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from console.pages.calls import CallResult, call
from console.pages.dialogs import ConfirmDialog
from console.pages.forms import AwsForm
from console.pages.iam.navigation import iam_frame
from console.pages.iam.refusals import refused_page
from console.pages.iam.users.credential_holders import Holder, holders_page
from console.pages.iam.users.passwords import csv_url
from console.pages.outcomes import flash_refused
from console.ui.flash import flash_info
from console.ui.wizard import WizardFrame, WizardStep

TAG_CHARACTERS = "letters, numbers, spaces representable in UTF-8, and: _ . : / = + - @"
_TAG_VALUE = regex.compile(r"[\p{L}\p{Z}\p{N}_.:/=+\-@]*")
_KEPT = "access_key_wizard"
_TITLES = (
    ("use-case", "Access key best practices & alternatives"),
    ("tag", "Set description tag"),
    ("retrieve", "Retrieve access keys"),
)
_ROOT_TITLES = (
    ("root", "Alternatives to root user access keys"),
    ("retrieve", "Retrieve access key"),
)
USE_CASES = (
    (
        "cli",
        "Command Line Interface (CLI)",
        "You plan to use this access key to enable the AWS CLI to access your AWS account.",
        "Use AWS CloudShell, or sign in with the AWS CLI through IAM Identity Center.",
    ),
    (
        "local",
        "Local code",
        "You plan to use this access key to enable application code in a local development "
        "environment to access your AWS account.",
        "Use an Integrated Development Environment (IDE) that signs in through IAM Identity "
        "Center.",
    ),
    (
        "compute",
        "Application running on an AWS compute service",
        "You plan to use this access key to enable application code running on an AWS compute "
        "service like Amazon EC2, Amazon ECS, or AWS Lambda to access your AWS account.",
        "Assign an IAM role to compute resources like EC2 instances or Lambda functions to "
        "automatically supply temporary credentials.",
    ),
    (
        "third-party",
        "Third-party service",
        "You plan to use this access key to enable access for a third-party application or "
        "service that monitors or manages your AWS resources.",
        "As a best practice, use temporary security credentials (IAM roles) instead of creating "
        "long-term credentials like access keys.",
    ),
    (
        "outside",
        "Application running outside AWS",
        "You plan to use this access key to authenticate workloads running in your data center "
        "or other infrastructure outside of AWS that needs to access your AWS resources.",
        "Use IAM Roles Anywhere to obtain temporary security credentials.",
    ),
    ("other", "Other", "Your use case is not listed here.", "Use a role wherever one will do."),
)


class UseCaseForm(forms.Form):
    """Step 1."""

    use_case = forms.ChoiceField(
        choices=[(slug, label) for slug, label, _, _ in USE_CASES],
        error_messages={"required": "Choose a use case."},
    )
    understood = forms.BooleanField(
        error_messages={"required": "Confirm the recommendation to proceed."},
        label="I understand the above recommendation and want to proceed to create an access key.",
    )


class TagForm(AwsForm):
    """Step 2; the description becomes a tag of the user, with the access key ID as its key."""

    description = forms.CharField(
        required=False, max_length=256, label="Description tag value", widget=forms.TextInput
    )

    def clean_description(self) -> str:
        """Refuse, before a key is created, a text that AWS refuses as a tag's value."""
        description: str = self.cleaned_data["description"]
        if not _TAG_VALUE.fullmatch(description):
            raise forms.ValidationError(f"Allowed characters are {TAG_CHARACTERS}")
        return description


class RootForm(forms.Form):
    """Step 1 of the root user's key, which AWS advises against."""

    understood = forms.BooleanField(
        error_messages={"required": "Confirm the recommendation to proceed."},
        label="I understand creating a root access key is not a best practice, but I still want "
        "to create one.",
    )


def _page(
    request: HttpRequest, holder: Holder, slug: str, context: dict[str, object]
) -> HttpResponse:
    urls = {"use-case": request.path, "tag": f"{request.path}?step=tag"}
    if slug == "retrieve":
        urls = {}
    titles = _ROOT_TITLES if holder.is_root else _TITLES
    steps = [WizardStep(one, title, urls.get(one, ""), one == "tag") for one, title in titles]
    wizard = WizardFrame(steps, slug, holder.back, "Done", label="Create access key")
    frame = iam_frame(request, holder.current, holder.trail("Create access key"))
    own = {"frame": wizard, "name": holder.name or "root", "back": holder.back}
    template = "iam/users/key_root.html" if slug == "root" else _template(slug)
    return render(request, template, {**frame, **own, **context})


def _template(slug: str) -> str:
    return f"iam/users/key_{slug.replace('-', '_')}.html"


@require_http_methods(["GET", "POST"])
@holders_page
def access_key_create(request: HttpRequest, holder: Holder) -> HttpResponse:
    """Show and take the steps; the secret is shown once and stored nowhere."""
    listed = call(request, "iam:ListAccessKeys", **holder.params)
    if listed.error and not listed.denied:
        return refused_page(request, listed, "users")
    if holder.is_root:
        return _root_step(request, holder)
    if request.GET.get("step") == "tag":
        if request.session.get(_KEPT) == holder.name:
            return _tag_step(request, holder)
        flash_info(request, "The secret access key is shown only once, when the key is created.")
        return redirect(holder.back)
    form = UseCaseForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        request.session[_KEPT] = holder.name
        return redirect(f"{request.path}?step=tag")
    chosen = request.POST.get("use_case", "")
    shown = {"form": form, "use_cases": USE_CASES, "chosen": chosen}
    return _page(request, holder, "use-case", shown)


def _root_step(request: HttpRequest, holder: Holder) -> HttpResponse:
    form = RootForm(request.POST or None)
    made = CallResult()
    if request.method == "POST" and form.is_valid():
        made = call(request, "iam:CreateAccessKey")
        if made.error is None:
            return _retrieve(request, holder, made.output["AccessKey"])
    return _page(request, holder, "root", {"form": form, "refused": made})


def _tag_step(request: HttpRequest, holder: Holder) -> HttpResponse:
    form = TagForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        made = form.send(request, "iam:CreateAccessKey", **holder.params)
        if not made.error:
            key = made.output["AccessKey"]
            del request.session[_KEPT]
            _describe(request, holder, key["AccessKeyId"], form.cleaned_data["description"])
            return _retrieve(request, holder, key)
    return _page(request, holder, "tag", {"form": form})


def _retrieve(request: HttpRequest, holder: Holder, key: dict[str, str]) -> HttpResponse:
    header = ("Access key ID", "Secret access key")
    row = (key["AccessKeyId"], key["SecretAccessKey"])
    return _page(request, holder, "retrieve", {"key": key, "csv_url": csv_url(header, row)})


def _describe(request: HttpRequest, holder: Holder, key_id: str, description: str) -> None:
    if not description:
        return
    tags = [{"Key": key_id, "Value": description}]
    result = call(request, "iam:TagUser", **holder.params, Tags=tags)
    if result.error:
        flash_refused(request, result, "The description tag was not set")


_VERBS = {
    "deactivate": (
        "Deactivate access key?",
        "Calls that are signed with this key are refused until it is activated again.",
        "Deactivate",
        "Access key deactivated.",
    ),
    "activate": (
        "Activate access key?",
        "Calls that are signed with this key are accepted again.",
        "Activate",
        "Access key activated.",
    ),
    "delete": (
        "Delete access key?",
        "This cannot be undone. Whatever still uses the key stops working.",
        "Delete",
        "Access key deleted.",
    ),
}


def _change(request: HttpRequest, holder: Holder, key_id: str, verb: str) -> CallResult:
    params = {**holder.params, "AccessKeyId": key_id}
    if verb == "delete":
        return call(request, "iam:DeleteAccessKey", **params)
    status = "Active" if verb == "activate" else "Inactive"
    return call(request, "iam:UpdateAccessKey", **params, Status=status)


@require_http_methods(["GET", "POST"])
@holders_page
def access_key_change(request: HttpRequest, holder: Holder, key_id: str, verb: str) -> HttpResponse:
    """Ask for confirmation, then deactivate, activate or delete a key."""
    if verb not in _VERBS:
        raise Http404
    title, sentence, action, done = _VERBS[verb]
    dialog = ConfirmDialog(
        title,
        (sentence,),
        action,
        holder.back,
        expected=key_id if verb == "delete" else "",
        items=((key_id, holder.label),),
    )
    frame = iam_frame(request, holder.current, holder.trail(action))
    change = partial(_change, request, holder, key_id, verb)
    return dialog.carry_out(request, frame, change, done)
