"""The policy editor: two steps over one form, for inline and customer managed policies."""

from dataclasses import replace

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django_htmx.http import HttpResponseClientRedirect

from console.pages.calls import CallResult
from console.pages.given_statement import with_given_statement
from console.pages.iam.access_changes.preview import ASKED, preview
from console.pages.iam.entity_pages import EntityPages
from console.pages.iam.policy_editor.contexts import editor_context, json_context, page_findings
from console.pages.iam.policy_editor.part_responses import part_response
from console.pages.iam.policy_editor.policy_import import (
    FIELD,
    cloudformation,
    imported,
    policy_names,
)
from console.pages.iam.policy_editor.review_checks import to_review
from console.pages.iam.policy_editor.state import (
    JSON,
    REVIEW,
    SPECIFY,
    EditorState,
    opened,
    policy_size,
    policy_text,
    posted_state,
    typed_policy,
    with_plain_lines,
)
from console.pages.iam.policy_editor.statement_pane.pane import pane_context, pane_response
from console.pages.iam.policy_editor.statement_pane.verbs import PREFIX, pressed
from console.pages.iam.policy_editor.targets import (
    InlinePolicyTarget,
    ManagedPolicyTarget,
    SavedPolicy,
    Target,
    TypedPolicy,
)
from console.pages.iam.policy_editor.visual.edits import press
from console.pages.iam.refusals import refused_page
from console.signin.console import console_of
from console.signin.guard import console_page
from console.signin.typed_fields import typed_by
from console.ui.flash import flash_success
from console.ui.json_lines import autoformatted
from iam.wire.errors import AwsError

_TEMPLATE = "iam/policy_editor/editor.html"
_FIELD_OF_MEMBER = {"PolicyName": "name", "Description": "description"}


@console_page
@typed_by(typed_policy)
def policy_create(request: HttpRequest) -> HttpResponse:
    return _editor(request, ManagedPolicyTarget())


@console_page
@typed_by(typed_policy)
def policy_edit(request: HttpRequest) -> HttpResponse:
    """Edit a customer managed policy; saving creates a new version."""
    arn = request.GET.get("arn", "")
    if not arn:
        raise Http404
    return _editor(request, ManagedPolicyTarget(arn))


@console_page
@typed_by(typed_policy)
def inline_policy_create(request: HttpRequest, kind: EntityPages, name: str) -> HttpResponse:
    return _editor(request, InlinePolicyTarget(kind, name))


@console_page
@typed_by(typed_policy)
def inline_policy_edit(
    request: HttpRequest, kind: EntityPages, name: str, policy: str
) -> HttpResponse:
    return _editor(request, InlinePolicyTarget(kind, name, policy))


def _editor(request: HttpRequest, target: Target) -> HttpResponse:
    console = console_of(request)
    if request.method != "POST":
        return _opened(request, target, console.account_id)
    verb = request.POST.get("do", "")
    state = posted_state(request.POST)
    if verb == "check":
        context = json_context(request.POST, state.document, target, console.account_id)
        return render(request, "iam/policy_editor/_findings.html", context)
    if state.mode == JSON and (verb.startswith(PREFIX) or verb == "enter"):
        return _statement_changed(request, target, state, console.account_id)
    if verb == "next":
        state = to_review(state, target.policy_type, target.limit)
    elif verb == "previous":
        state = replace(state, step=SPECIFY)
    elif verb == "import-add":
        state = imported(state, request.POST.get(FIELD, ""), request)
    elif verb in _OF_REVIEW and state.step == REVIEW:
        return _OF_REVIEW[verb](request, target, state)
    else:
        state = press(state, request.POST, console.account_id)
    return _shown(request, target, state, console.account_id)


def _statement_changed(
    request: HttpRequest, target: Target, state: EditorState, account_id: str
) -> HttpResponse:
    """Apply a button of *Edit statement*, and return the pane or the whole page."""
    pane = pressed(state.document, request.POST, target.policy_type)
    if request.headers.get("HX-Request"):
        found = page_findings(pane.text, target.policy_type)
        return pane_response(request, pane, state.document, account_id, {"findings": found})
    state = replace(state, document=pane.text)
    context = editor_context(request, target, state, account_id)
    context.update(pane_context(pane, request.POST, account_id))
    return render(request, _TEMPLATE, context)


def _opened(request: HttpRequest, target: Target, account_id: str) -> HttpResponse:
    if target.is_new:
        given = with_given_statement(request, "")
        return _shown(request, target, opened(given) if given else EditorState(), account_id)
    try:
        # AWS: Enable Autoformatting for Your Policies in the Identity and Access Management Console
        document = autoformatted(target.load(request))
    except AwsError as error:
        return refused_page(request, CallResult(error=error), target.place)
    given = with_given_statement(request, document)
    return _shown(request, target, opened(given), account_id)


def _shown(
    request: HttpRequest, target: Target, state: EditorState, account_id: str
) -> HttpResponse:
    menu = _menu(request, target, state)
    is_part = bool(request.headers.get("HX-Request"))
    shown = {**menu, "size": policy_size(state, target.limit)}
    part = part_response(request, state, account_id, shown) if is_part else None
    if part is not None:
        return part
    context = {**editor_context(request, target, state, account_id), **menu}
    return render(request, f"{_TEMPLATE}#editor" if is_part else _TEMPLATE, context)


def _menu(request: HttpRequest, target: Target, state: EditorState) -> dict[str, object]:
    """Return the context of the dialog that the menu *Actions* opened."""
    if state.menu == "import":
        typed = request.POST.get(FIELD, "")
        names = policy_names(request)
        return {
            "menu": "import",
            "names": names,
            "import_name": typed,
            "import_error": state.errors.get(FIELD),
        }
    if state.menu == "cloudformation":
        return {"menu": state.menu, "template": cloudformation(policy_text(state), target.name)}
    return {}


def _typed(request: HttpRequest, target: Target, state: EditorState) -> TypedPolicy:
    return TypedPolicy(
        name=target.name or request.POST.get("name", ""),
        document=policy_text(state),
        description=with_plain_lines(request.POST.get("description", "")),
        set_default=bool(request.POST.get("set_default")),
        replace_version=request.POST.get("replace_version", ""),
    )


def _previewed(request: HttpRequest, target: Target, state: EditorState) -> HttpResponse:
    """Show the review with who would gain or lose access."""
    account_id = console_of(request).account_id
    typed = _typed(request, target, state)
    shown = preview(request, lambda world: target.suppose(world, account_id, typed))
    context = {**editor_context(request, target, state, account_id), **shown}
    template = f"{_TEMPLATE}#editor" if request.headers.get("HX-Request") else _TEMPLATE
    return render(request, template, context)


def _save(request: HttpRequest, target: Target, state: EditorState) -> HttpResponse:
    try:
        saved = target.save(request, _typed(request, target, state))
    except AwsError as error:
        return _refused(request, target, state, error)
    return _done(request, saved)


def _done(request: HttpRequest, saved: SavedPolicy) -> HttpResponse:
    flash_success(request, saved.flash, saved.link)
    if request.headers.get("HX-Request"):
        return HttpResponseClientRedirect(saved.url)
    return redirect(saved.url)


def _refused(
    request: HttpRequest, target: Target, state: EditorState, error: AwsError
) -> HttpResponse:
    """Show AWS's refusal at the field that it names, else above the form; keep the typed values."""
    fields = {
        _FIELD_OF_MEMBER[violation.member]: violation.message
        for violation in error.violations
        if violation.member in _FIELD_OF_MEMBER
    }
    marked = state.with_errors(**fields)
    context = editor_context(request, target, marked, console_of(request).account_id)
    context["refused"] = CallResult() if fields else CallResult(error=error)
    if (
        error.code == "LimitExceeded"
        and isinstance(target, ManagedPolicyTarget)
        and not target.is_new
    ):
        context["oldest"] = target.oldest_version(request)
    template = f"{_TEMPLATE}#editor" if request.headers.get("HX-Request") else _TEMPLATE
    return render(request, template, context)


_OF_REVIEW = {"save": _save, ASKED: _previewed}
"""What the buttons of the second step do."""
