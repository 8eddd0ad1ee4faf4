"""Signing certificates and SSH public keys: uploading one, and its buttons."""

from functools import partial
from typing import Any

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
from console.pages.iam.users.upload_views import SSH_KEYS, UPLOADS, UploadKind
from console.ui.flash import flash_success


class UploadForm(AwsForm):
    """The text of a certificate or key, named as the operation's parameter."""

    def __init__(self, kind: UploadKind, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields[kind.body_name] = forms.CharField(
            label=kind.noun,
            widget=forms.Textarea(attrs={"rows": 12, "class": "mono", "spellcheck": "false"}),
            error_messages={"required": f"Paste the {kind.noun}."},
        )
        self.body = self[kind.body_name]


def _kind(slug: str) -> UploadKind:
    if slug not in UPLOADS:
        raise Http404
    return UPLOADS[slug]


@require_http_methods(["GET", "POST"])
@holders_page
def upload(request: HttpRequest, holder: Holder, slug: str) -> HttpResponse:
    """Upload a certificate or an SSH public key."""
    kind = _kind(slug)
    listed = call(request, f"iam:List{kind.word}s", **holder.params)
    if listed.error and not listed.denied:
        return refused_page(request, listed, "users")
    form = UploadForm(kind, request.POST or None)
    if request.method == "POST" and form.is_valid():
        params = {**holder.params, **form.cleaned_data}
        if not form.send(request, f"iam:Upload{kind.word}", **params).error:
            flash_success(request, f"{kind.noun} uploaded.")
            return redirect(holder.back)
    frame = iam_frame(request, holder.current, holder.trail(kind.upload_title))
    context = {**frame, "form": form, "kind": kind, "back": holder.back}
    return render(request, "iam/users/upload.html", context)


@holders_page
def ssh_key(request: HttpRequest, holder: Holder, key_id: str) -> HttpResponse:
    """Show an SSH public key as OpenSSH writes it, with its fingerprint."""
    params = {**holder.params, "SSHPublicKeyId": key_id, "Encoding": "SSH"}
    result = call(request, "iam:GetSSHPublicKey", **params)
    if result.error:
        return refused_page(request, result, "users")
    frame = iam_frame(request, holder.current, holder.trail(SSH_KEYS.noun))
    key = result.output["SSHPublicKey"]
    return render(request, "iam/users/ssh_key.html", {**frame, "key": key, "back": holder.back})


_VERBS = {
    "deactivate": ("Whatever still uses it is refused until it is activated again.", "Inactive"),
    "activate": ("Whatever uses it is accepted again.", "Active"),
    "delete": ("This cannot be undone. Whatever still uses it stops working.", ""),
}


def _change(
    request: HttpRequest, holder: Holder, kind: UploadKind, row_id: str, status: str
) -> CallResult:
    params = {**holder.params, kind.id_name: row_id}
    if not status:
        return call(request, f"iam:Delete{kind.word}", **params)
    return call(request, f"iam:Update{kind.word}", **params, Status=status)


@require_http_methods(["GET", "POST"])
@holders_page
def uploaded_change(
    request: HttpRequest, holder: Holder, slug: str, row_id: str, verb: str
) -> HttpResponse:
    """Ask for confirmation, then deactivate, activate or delete one."""
    kind = _kind(slug)
    if verb not in _VERBS:
        raise Http404
    sentence, status = _VERBS[verb]
    dialog = ConfirmDialog(
        f"{verb.capitalize()} {kind.noun}?",
        (sentence,),
        verb.capitalize(),
        holder.back,
        expected="" if status else row_id,
        items=((row_id, holder.label),),
    )
    frame = iam_frame(request, holder.current, holder.trail(verb.capitalize()))
    change = partial(_change, request, holder, kind, row_id, status)
    return dialog.carry_out(request, frame, change, f"{kind.noun} {verb.removesuffix('e')}ed.")
