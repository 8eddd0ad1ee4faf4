"""The contexts of the editor's templates."""

from typing import Any

from django.http import HttpRequest, QueryDict

from console.pages.calls import CallResult
from console.pages.iam.access_changes.preview import preview_button
from console.pages.iam.navigation import iam_frame
from console.pages.iam.policy_editor.blocks.form_fields import block_fields
from console.pages.iam.policy_editor.forms import DocumentForm, PolicyReviewForm
from console.pages.iam.policy_editor.state import (
    JSON,
    REVIEW,
    EditorState,
    policy_size,
    policy_text,
)
from console.pages.iam.policy_editor.statement_pane.pane import EDITOR_ID, pane_context
from console.pages.iam.policy_editor.statement_pane.verbs import pressed
from console.pages.iam.policy_editor.summary import summarize
from console.pages.iam.policy_editor.targets import Target
from console.pages.iam.policy_editor.visual.arn_dialog import shown_dialog
from console.pages.iam.policy_editor.visual.block_contexts import block_choices, block_contexts
from console.pages.iam.policy_editor.visual.focus import focus_after
from console.ui.wizard import WizardFrame, WizardStep
from iam.policy_documents import Finding, PolicyType, policy_findings


def encodable(text: str) -> str:
    """Replace lone surrogates, which JSON may escape and UTF-8 cannot encode."""
    return text.encode("utf-8", "replace").decode()


def page_findings(text: str, policy_type: PolicyType) -> list[dict[str, Any]]:
    return [_finding(one) for one in policy_findings(text, policy_type)]


def _finding(found: Finding) -> dict[str, Any]:
    return {
        "severity": found.severity.value,
        "message": encodable(found.message),
        "line": found.line,
        "column": found.column,
        "code": found.code,
    }


def wizard_frame(target: Target, state: EditorState) -> WizardFrame:
    """Return the frame of the wizard's two steps."""
    first, second = ("Specify permissions", "Review and create")
    if not target.is_new:
        first, second = ("Modify permissions", "Review and save")
    steps = [WizardStep("specify", first), WizardStep("review", second)]
    words = "Create policy" if target.is_new else "Save changes"
    return WizardFrame(steps, state.step, target.cancel_url, words)


def editor_context(
    request: HttpRequest, target: Target, state: EditorState, account_id: str
) -> dict[str, Any]:
    """Return the context of both steps."""
    trail = target.trail
    context: dict[str, Any] = {
        **iam_frame(request, target.place, trail),
        "target": target,
        "state": state,
        "frame": wizard_frame(target, state),
        "errors": state.errors,
        "refused": CallResult(),
        "description": _descriptions(target, state.step),
        "info": "managed-policy" if target.is_managed else "inline-policy",
        "focus": focus_after(state),
    }
    if state.step == REVIEW:
        new = target.is_managed and target.is_new  # attached to nobody yet
        button = {} if new else preview_button(request)
        return {**context, **_review(request, state), **button}
    if state.mode == JSON:
        return {**context, **_json(request.POST, state, target, account_id)}
    size = policy_size(state, target.limit)
    return {**context, **_visual(request, state, account_id), "size": size}


def _descriptions(target: Target, step: str) -> str:
    if step == REVIEW:
        return "Review the permissions, and give the policy its name." if target.is_new else ""
    return (
        "Add permissions by selecting services, actions, resources, and conditions. "
        "Build permission statements using the JSON editor."
    )


def _visual(request: HttpRequest, state: EditorState, account_id: str) -> dict[str, Any]:
    return {
        "blocks": block_contexts(request.POST, state, account_id),
        **block_choices(),
        "dialog": shown_dialog(request.POST, state, account_id),
    }


def json_context(posted: QueryDict, text: str, target: Target, account_id: str) -> dict[str, Any]:
    """Return a document's findings, and the pane beside its editor."""
    return {
        "findings": page_findings(text, target.policy_type),
        "editor_id": EDITOR_ID,
        **pane_context(pressed(text, posted, target.policy_type), posted, account_id),
    }


def _json(posted: QueryDict, state: EditorState, target: Target, account_id: str) -> dict[str, Any]:
    return {
        **json_context(posted, state.document, target, account_id),
        "field": DocumentForm(initial={"document": state.document})["document"],
        "hidden": block_fields(state.blocks),
        "limit": target.limit,
    }


def _review(request: HttpRequest, state: EditorState) -> dict[str, Any]:
    typed = {name: request.POST.get(name, "") for name in ("name", "description")}
    named = {name: text for name, text in state.errors.items() if name in typed}
    text = policy_text(state)
    return {
        "form": PolicyReviewForm.with_errors(typed, named),
        "hidden": block_fields(state.blocks),
        "document": text,
        "summary": summarize(text),
        "set_default": request.POST.get("set_default", "on") if "asked" in request.POST else "on",
    }
