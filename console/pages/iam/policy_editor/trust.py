"""*Edit trust policy*: the JSON editor with the notes' examples, repairs and cleaning."""

from dataclasses import dataclass, field, replace
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django_htmx.http import HttpResponseClientRedirect

from console.labs.printed_accounts import text_meant
from console.pages.calls import CallResult, call
from console.pages.given_statement import with_given_statement
from console.pages.iam.access_changes.preview import ASKED, preview, preview_button
from console.pages.iam.navigation import iam_frame
from console.pages.iam.policy_editor.contexts import encodable, page_findings
from console.pages.iam.policy_editor.forms import DocumentForm
from console.pages.iam.policy_editor.notes_examples import examples
from console.pages.iam.policy_editor.review_checks import document_error
from console.pages.iam.policy_editor.state import with_plain_lines
from console.pages.iam.policy_editor.statement_pane.pane import (
    EDITOR_ID,
    pane_context,
    pane_response,
)
from console.pages.iam.policy_editor.statement_pane.verbs import PREFIX, pressed
from console.pages.iam.refusals import refused_page
from console.signin.console import Console, console_of
from console.signin.guard import console_page
from console.ui.flash import flash_success
from console.ui.json_lines import autoformatted
from iam import quotas
from iam.analysis import with_trust
from iam.policy_documents import PolicyType, clean, repair
from iam.wire.errors import AwsError

_TEMPLATE = "iam/policy_editor/trust.html"
_OFFERED = {
    "repair": "The document was repaired.",
    "clean": "The document was cleaned.",
    "fill": "Your account's ID was filled in.",
}


@dataclass(frozen=True)
class Offer:
    """A better text than the typed one, with the reason in words."""

    verb: str
    sentence: str
    label: str
    text: str
    title: str = "This is not JSON yet"


@dataclass(frozen=True)
class TrustDraft:
    """The text in the editor, the text that it replaced, and the result of saving it."""

    text: str
    before: str = ""
    note: str = ""
    saved: CallResult = field(default_factory=CallResult)


@console_page
def trust_edit(request: HttpRequest, name: str) -> HttpResponse:
    """Edit who may assume a role."""
    if request.method != "POST":
        return _opened(request, name)
    draft = TrustDraft(with_plain_lines(request.POST.get("document", "")))
    verb, _, value = request.POST.get("do", "").partition(":")
    if verb == "check":
        context = {**_checked(request, draft.text), **_pane(request, draft.text)}
        return render(request, "iam/policy_editor/_trust_check.html", context)
    if verb.startswith(PREFIX) or verb == "enter":
        return _statement_changed(request, name, draft)
    if verb == "save":
        return _save(request, name, draft)
    if verb == ASKED:
        account_id = console_of(request).account_id
        shown = preview(request, lambda world: with_trust(world, account_id, name, draft.text))
        return _shown(request, name, draft, more=shown)
    return _shown(request, name, _pressed(request, draft, verb, value))


def offer_for(text: str, console: Console) -> Offer | None:
    """Return a better text: first the repaired one, then a clean one, then this world's IDs."""
    repaired = repair(text)
    if repaired is not None:
        return Offer("repair", repaired.sentence, "Use the repaired document", repaired.text)
    cleaned = clean(text)
    if cleaned is not None:
        return Offer("clean", cleaned.sentence, "Clean the document", cleaned.text)
    meant, ids = text_meant(console.sandbox, text)
    if ids:
        sentence = f"In your world this account is {' and '.join(ids)}."
        return Offer(
            "fill", sentence, "Fill it in", meant, "This is an account of the course notes"
        )
    return None


def _opened(request: HttpRequest, name: str) -> HttpResponse:
    found = call(request, "iam:GetRole", RoleName=name)
    if found.error:
        return refused_page(request, found, "roles")
    document = autoformatted(str(found.output["Role"]["AssumeRolePolicyDocument"]))
    return _shown(request, name, TrustDraft(with_given_statement(request, document)))


def _pressed(request: HttpRequest, draft: TrustDraft, verb: str, value: str) -> TrustDraft:
    """Replace the text by an example or an offer; the earlier text can be restored."""
    text, note = draft.text, ""
    if verb == "example":
        account_id = console_of(request).account_id
        found = next((e for e in examples(account_id) if e.slug == value), None)
        text = found.document if found else text
        note = f"Inserted from the notes: {found.label}. Nothing is saved yet." if found else ""
    elif verb in _OFFERED:
        offer = offer_for(text, console_of(request))
        text = offer.text if offer else text
        note = f"{_OFFERED[verb]} Nothing is saved yet." if offer else ""
    elif verb == "undo":
        return TrustDraft(with_plain_lines(request.POST.get("before", "")))
    return TrustDraft(text, draft.text if text != draft.text else "", note)


def _pane(request: HttpRequest, text: str) -> dict[str, Any]:
    pane = pressed(text, request.POST, PolicyType.TRUST)
    return pane_context(pane, request.POST, console_of(request).account_id)


def _statement_changed(request: HttpRequest, name: str, draft: TrustDraft) -> HttpResponse:
    """Apply a button of the pane, and return the pane or the whole page."""
    pane = pressed(draft.text, request.POST, PolicyType.TRUST)
    account_id = console_of(request).account_id
    if request.headers.get("HX-Request"):
        return pane_response(request, pane, draft.text, account_id, _checked(request, pane.text))
    context = pane_context(pane, request.POST, account_id)
    return _shown(request, name, replace(draft, text=pane.text), context)


def _save(request: HttpRequest, name: str, draft: TrustDraft) -> HttpResponse:
    params = {"RoleName": name, "PolicyDocument": draft.text}
    saved = call(request, "iam:UpdateAssumeRolePolicy", **params)
    if saved.error:
        return _shown(request, name, replace(draft, saved=saved))
    flash_success(request, "Trust policy updated.")
    url = _role_url(name)
    if request.headers.get("HX-Request"):
        return HttpResponseClientRedirect(url)
    return redirect(url)


def _role_url(name: str) -> str:
    return f"{reverse('role', args=[name])}?tab=trust"


def _frame(request: HttpRequest, name: str) -> dict[str, Any]:
    trail = [
        ("Roles", reverse("roles")),
        (name, reverse("role", args=[name])),
        ("Edit trust policy", ""),
    ]
    return {**iam_frame(request, "roles", trail), "name": name, "cancel_url": _role_url(name)}


def _checked(request: HttpRequest, text: str) -> dict[str, Any]:
    return {
        "findings": page_findings(text, PolicyType.TRUST),
        "offer": offer_for(text, console_of(request)),
        "editor_id": EDITOR_ID,
    }


def _shown(
    request: HttpRequest,
    name: str,
    draft: TrustDraft,
    pane: dict[str, Any] | None = None,
    more: dict[str, Any] | None = None,
) -> HttpResponse:
    context = {
        **preview_button(request),
        **(more or {}),
        **_frame(request, name),
        **_checked(request, draft.text),
        **(pane or _pane(request, draft.text)),
        "draft": draft,
        "field": DocumentForm(initial={"document": draft.text})["document"],
        "error_sentence": _sentence(draft) if _is_of_document(draft.saved.error) else "",
        "refused": CallResult() if _is_of_document(draft.saved.error) else draft.saved,
        "limit": quotas.TRUST_POLICY_SIZE,
        "examples": examples(console_of(request).account_id),
    }
    template = f"{_TEMPLATE}#editor" if request.headers.get("HX-Request") else _TEMPLATE
    return render(request, template, context)


def _is_of_document(error: AwsError | None) -> bool:
    return error is not None and "PolicyDocument" in error.members


def _sentence(draft: TrustDraft) -> str:
    """Return AWS's sentence, with its place and a remedy where these are known."""
    error = draft.saved.error
    if error is None:
        return ""
    if error.code == "ValidationError":
        # AWS's sentence only quotes the whole document; the reason helps more.
        return encodable(
            document_error(draft.text, PolicyType.TRUST, quotas.TRUST_POLICY_SIZE) or error.message
        )
    line, column = (getattr(error, name, 0) for name in ("line", "column"))
    detail = getattr(error, "detail", "")
    place = f"Ln {line}, Col {column}: " if line else ""
    message = f"{error.message.removesuffix('.')}. {detail}" if detail else error.message
    whole = f"{place}{message}"
    return encodable(whole)
