"""What htmx is sent for a button of the editor: the part of the page that the button changed."""

import re
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django_htmx.http import SwapMethod, reswap, retarget, trigger_client_event

from console.pages.iam.policy_editor.blocks.form_fields import prefix
from console.pages.iam.policy_editor.state import SPECIFY, VISUAL, EditorState
from console.pages.iam.policy_editor.visual.arn_dialog import shown_dialog
from console.pages.iam.policy_editor.visual.block_contexts import block_choices, block_context
from console.pages.iam.policy_editor.visual.focus import focus_after

_RESOURCES = re.compile(r"b(\d{1,4})-limits")
_DIALOGS = {"arns", "arns-tab", "arns-cancel", "import", "cloudformation", "close"}
_PARTS = {
    **dict.fromkeys(("choose", "find", "open", "remove", "action-add", "action-remove", "arns-add",
                     "arn-remove", "condition-add", "condition-remove"), ("_block", "card")),
    **dict.fromkeys(("expand", "collapse", "filter"), ("_levels", "levels")),
    "kinds": ("_resources", "limits"),
    "condition": ("_conditions", "when"),
}  # fmt: skip


@dataclass(frozen=True)
class EditorPart:
    """A part of the page: its template, the block that it shows, and where it goes."""

    template: str
    target: str
    number: int = -1
    swap: SwapMethod = "outerHTML"


def part_response(
    request: HttpRequest, state: EditorState, account_id: str, context: dict[str, Any]
) -> HttpResponse | None:
    """Return the part that has changed and the size left; None where more has changed."""
    part = _dialog(state) or _visual_part(request, state)
    if part is None or state.step != SPECIFY:
        return None
    context = {
        **block_choices(),
        **context,
        "state": state,
        "dialog": shown_dialog(request.POST, state, account_id),
        "close_dialog": state.pressed.verb == "arns-add",
    }
    if part.number in state.numbers:
        context.update(block_context(request.POST, state, account_id, part.number))
    if part.template == "_action_level":
        levels = {level.name: level for level in context["shown"].choice.levels}
        if state.pressed.value not in levels:
            return None
        context["level"] = levels[state.pressed.value]
    if part.template in {"_action_level", "_levels"}:
        context["choice"] = context["shown"].choice
    return _sent(request, part, context, focus_after(state))


def _sent(
    request: HttpRequest, part: EditorPart, context: dict[str, Any], focus: str
) -> HttpResponse:
    response = HttpResponse()
    if part.template:
        response = render(request, f"iam/policy_editor/{part.template}.html", context)
    if context["state"].mode == VISUAL:
        response.write(render_to_string("iam/policy_editor/_size.html", {**context, "oob": True}))
    response = reswap(retarget(response, part.target), part.swap)
    if not focus:
        return response
    return trigger_client_event(response, "editor-focus", {"id": focus}, after="settle")


def _dialog(state: EditorState) -> EditorPart | None:
    if state.pressed.verb in _DIALOGS or state.dialog or state.menu:
        return EditorPart("_dialogs", "#editor-dialog", swap="innerHTML")
    return None


def _visual_part(request: HttpRequest, state: EditorState) -> EditorPart | None:
    if state.mode != VISUAL:
        return None
    pressed = state.pressed
    ticked = _RESOURCES.fullmatch(request.headers.get("HX-Target", ""))
    if ticked and int(ticked[1]) in state.numbers:
        return EditorPart("_resources", f"#{ticked[0]}", int(ticked[1]))
    if pressed.verb == "more":
        return EditorPart("_block", "#more-permissions", state.numbers[-1], "beforebegin")
    start = prefix(pressed.number)
    if pressed.verb == "remove" and pressed.number not in state.numbers:
        return EditorPart("", f"#{start}card", swap="delete")
    if pressed.number not in state.numbers:
        return None
    return _block_part(state, start)


def _block_part(state: EditorState, start: str) -> EditorPart | None:
    """Return the part of a block that is there that its button changed."""
    verb, number = state.pressed.verb, state.pressed.number
    if verb == "clone":
        return EditorPart("_block", f"#{start}card", max(state.numbers), "afterend")
    if verb == "level" and state.pressed.value:
        name = state.pressed.value.partition(" ")[0].lower()
        return EditorPart("_action_level", f"#{start}level-{name}", number)
    template, name = _PARTS.get(verb, ("", ""))
    return EditorPart(template, f"#{start}{name}", number) if name else None
