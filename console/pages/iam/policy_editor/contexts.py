"""The contexts of the editor's templates."""

from typing import Any

from django.http import HttpRequest, QueryDict

from console.pages.calls import CallResult
from console.pages.iam.navigation import iam_frame
from console.pages.iam.policy_editor.blocks.block import Block
from console.pages.iam.policy_editor.blocks.form_fields import block_fields, prefix
from console.pages.iam.policy_editor.forms import DocumentForm, PolicyReviewForm
from console.pages.iam.policy_editor.state import JSON, REVIEW, EditorState, policy_text
from console.pages.iam.policy_editor.statement_pane.pane import EDITOR_ID, pane_context
from console.pages.iam.policy_editor.statement_pane.verbs import pressed
from console.pages.iam.policy_editor.summary import summarize
from console.pages.iam.policy_editor.targets import Target
from console.pages.iam.policy_editor.visual.arn_dialog import shown_dialog
from console.pages.iam.policy_editor.visual.conditions import OPERATORS, QUALIFIERS
from console.pages.iam.policy_editor.visual.view_models import Openness
from console.pages.iam.policy_editor.visual.views_of_blocks import shown_block
from console.ui.wizard import WizardFrame, WizardStep
from iam.catalogue import (
    ConditionKey,
    condition_keys,
    global_condition_keys,
    services,
)
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


def openness(state: EditorState, posted: QueryDict) -> Openness:
    shown, opened = (frozenset(posted.getlist(name)) for name in ("shown", "open"))
    return Openness(shown, opened, state.expanded)


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
        "focus": _focus(state, request.POST),
    }
    if state.step == REVIEW:
        return {**context, **_review(request, state)}
    if state.mode == JSON:
        return {**context, **_json(request.POST, state, target, account_id)}
    return {**context, **_visual(request, state, account_id)}


def _descriptions(target: Target, step: str) -> str:
    if step == REVIEW:
        return "Review the permissions, and give the policy its name." if target.is_new else ""
    return (
        "Add permissions by selecting services, actions, resources, and conditions. "
        "Build permission statements using the JSON editor."
    )


def _visual(request: HttpRequest, state: EditorState, account_id: str) -> dict[str, Any]:
    opened = openness(state, request.POST)
    return {
        "blocks": [
            {
                "number": number,
                "prefix": prefix(number),
                "block": block,
                "shown": shown_block(number, block, account_id, opened),
                "typed": _typed(request.POST, number, emptied=_emptied(state, request.POST)),
                "errors": _block_errors(state, number),
                "condition_open": state.condition_open == number,
                "manual_open": state.manual_open == number,
                "condition_keys": _condition_keys(block),
            }
            for number, block in enumerate(state.blocks)
        ],
        "services": services(),
        "operators": OPERATORS,
        "qualifiers": QUALIFIERS,
        "dialog": shown_dialog(request.POST, state, account_id),
    }


def _condition_keys(block: Block) -> list[ConditionKey]:
    own = [key for key in condition_keys(block.service) if not key.name.startswith("aws:")]
    return [*own, *global_condition_keys()] if block.service else []


def _emptied(state: EditorState, posted: QueryDict) -> tuple[str, ...]:
    """Return the entry fields that the pressed button has emptied."""
    verb = posted.get("do", "").partition(":")[0]
    if state.errors:
        return ()
    return {
        "action-add": ("new-action",),
        "enter": ("new-action",),
        "condition-add": ("new-key", "new-qualifier", "new-operator", "new-if_exists", "new-value"),
    }.get(verb, ())


def _typed(posted: QueryDict, number: int, emptied: tuple[str, ...]) -> dict[str, str]:
    """Return the texts of a block's entry fields, which are not added yet."""
    start = prefix(number)
    names = ("new-action", "find", "filter", "ip", "new-key", "new-qualifier", "new-operator",
             "new-if_exists", "new-value")  # fmt: skip
    return {
        name.replace("-", "_"): "" if name in emptied else posted.get(start + name, "")
        for name in names
    }


def _block_errors(state: EditorState, number: int) -> dict[str, str]:
    start = prefix(number)
    return {
        name.removeprefix(start).replace("-", "_"): sentence
        for name, sentence in state.errors.items()
        if name.startswith(start)
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


def _focus(state: EditorState, posted: QueryDict) -> str:
    """Return the id that takes the focus in place of a button that is gone."""
    verb, _, rest = posted.get("do", "").partition(":")
    number, _, value = rest.partition(":")
    if state.errors:
        first = next(iter(state.errors))
        stands = {"actions": "all", "arns": "resources-all"}
        start, _, name = first.partition("-")
        return f"{start}-{stands[name]}" if name in stands else ""
    dialog = f"b{number}-arns-{value}" if verb == "arns-add" else ""
    after = {
        "choose": f"b{number}-find-actions",
        "find": f"b{number}-find-actions",
        "more": f"b{len(state.blocks) - 1}-find",
        "remove": "add-more",
        "arns-cancel": f"b{number}-arns-{value}",
        "action-add": f"b{number}-new-action",
        "condition-add": f"b{number}-new-key",
        "json": "mode-json",
        "visual": "mode-visual",
    }
    return dialog or after.get(verb, "")
