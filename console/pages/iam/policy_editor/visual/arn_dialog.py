"""The dialog *Specify ARNs*: its buttons, and the context of its template."""

from dataclasses import replace
from typing import Any

from django.http import QueryDict

from console.pages.iam.policy_editor.blocks import arns
from console.pages.iam.policy_editor.blocks.block import Block, catalogue_of, unique
from console.pages.iam.policy_editor.blocks.form_fields import split_words
from console.pages.iam.policy_editor.state import VISUAL, ArnDialog, EditorState
from console.pages.iam.policy_editor.visual.button_press import Press


def open_dialog(state: EditorState, press: Press) -> EditorState:
    return replace(state, dialog=ArnDialog(press.number, press.value))


def close_dialog(state: EditorState, press: Press) -> EditorState:
    return replace(state, dialog=None)


def turn_tab(state: EditorState, press: Press) -> EditorState:
    """Switch between the two ways of typing: blanks, or whole ARNs."""
    if state.dialog is None:
        return state
    tab = "text" if press.value == "text" else VISUAL
    return replace(state, dialog=replace(state.dialog, tab=tab))


def _typed_account(posted: QueryDict, account_id: str) -> arns.AccountHint:
    choice, other = posted.get("arn-account", ""), posted.get("arn-other", "")
    return arns.AccountHint(choice or "this", account_id, other or "")


def _typed_values(posted: QueryDict, template: str) -> dict[str, str]:
    """Return the values of the dialog's blanks; *Any* is `*`."""
    values = {}
    for blank in arns.fields(template):
        is_any = posted.get(f"arn-any-{blank.name}")
        typed = (posted.get(f"arn-field-{blank.name}", "") or "").strip()
        values[blank.name] = "*" if is_any else typed
    return values


def add_arns(state: EditorState, press: Press) -> EditorState:
    """Add the typed ARNs, or show at the fields what is wrong."""
    if state.dialog is None or state.dialog.block != press.number:
        return state
    block = state.block(press.number)
    kind = _template(block, state.dialog.kind)
    if state.dialog.tab == "text" or not kind:
        lines = split_words(press.posted.get("arn-text", "") or "")
        error = arns.text_errors(lines)
        errors = {"arn-text": error} if error else {}
    else:
        account = _typed_account(press.posted, press.account_id)
        values = _typed_values(press.posted, kind)
        found = arns.field_errors(kind, account, values)
        errors = {f"arn-{name}": sentence for name, sentence in found.items()}
        lines = (arns.filled(kind, account.written, values),)
    if errors:
        return state.with_errors(**errors)
    with_arns = replace(block, arns=unique((*block.arns, *lines)), any_resource="*" in lines)
    return replace(state.with_block(press.number, with_arns), dialog=None)


def _template(block: Block, kind: str) -> str:
    found = catalogue_of(block)
    resource_type = found.resource_type(kind) if found else None
    return resource_type.arn if resource_type else ""


def remove_arn(state: EditorState, press: Press) -> EditorState:
    block = state.block(press.number)
    rest = tuple(arn for arn in block.arns if arn != press.value)
    return state.with_block(press.number, replace(block, arns=rest))


def shown_dialog(posted: QueryDict, state: EditorState, account_id: str) -> dict[str, Any] | None:
    """Return the open dialog *Specify ARNs* with its typed values."""
    dialog = state.dialog
    if dialog is None or dialog.block not in state.numbers:
        return None
    found = catalogue_of(state.block(dialog.block))
    kind = found.resource_type(dialog.kind) if found else None
    template = kind.arn if kind else ""
    account = _typed_account(posted, account_id)
    values = _typed_values(posted, template)
    return {
        "block": dialog.block,
        "kind": dialog.kind,
        "service": found.name if found else "",
        "tab": dialog.tab if template else "text",
        "template": template,
        "account": account,
        "account_id": account_id,
        "has_account": arns.has_account(template),
        "fields": [
            {
                "name": blank.name,
                "label": blank.label,
                "value": posted.get(f"arn-field-{blank.name}", ""),
                "any": bool(posted.get(f"arn-any-{blank.name}")),
                "error": state.errors.get(f"arn-{blank.name}", ""),
            }
            for blank in arns.fields(template)
        ],
        "preview": arns.filled(template, account.written, values),
        "text": posted.get("arn-text", ""),
        "text_error": state.errors.get("arn-text", ""),
        "account_error": state.errors.get("arn-Account", ""),
    }
