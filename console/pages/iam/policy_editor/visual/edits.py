"""The buttons of the visual editor: each returns the next state of the editor."""

from collections.abc import Mapping
from dataclasses import replace

from django.http import QueryDict

from console.pages.iam.policy_editor.blocks.block import (
    ALL_SERVICES,
    MOST_BLOCKS,
    Block,
    service_typed,
)
from console.pages.iam.policy_editor.state import JSON, VISUAL, EditorState, as_json, as_visual
from console.pages.iam.policy_editor.visual import arn_dialog, conditions, manual_actions
from console.pages.iam.policy_editor.visual.button_press import Press, Verb
from iam.catalogue import service


def press(state: EditorState, posted: QueryDict, account_id: str) -> EditorState:
    """Apply the pressed button; an unknown one changes nothing."""
    button = state.pressed
    press = Press(posted, account_id, button.number, button.value)
    if button.verb in _ON_STATE:
        return _ON_STATE[button.verb](state, press)
    if button.verb in _ON_BLOCK and button.number in state.numbers:
        return _ON_BLOCK[button.verb](state, press)
    return state


def _show_json(state: EditorState, press: Press) -> EditorState:
    return as_json(state) if state.mode == VISUAL else state


def _show_visual(state: EditorState, press: Press) -> EditorState:
    return as_visual(state) if state.mode == JSON else state


def _open_menu(name: str) -> Verb:
    def opened(state: EditorState, press: Press) -> EditorState:
        return replace(state, menu=name, dialog=None)

    return opened


def _more(state: EditorState, press: Press) -> EditorState:
    return _with_another(state, state.numbers[-1], Block())


def _remove(state: EditorState, press: Press) -> EditorState:
    numbered = zip(state.numbers, state.blocks, strict=True)
    rest = [pair for pair in numbered if pair[0] != press.number]
    return replace(state.with_blocks(rest or [(press.number, Block())]), dialog=None)


def _clone(state: EditorState, press: Press) -> EditorState:
    return _with_another(state, press.number, state.block(press.number))


def _with_another(state: EditorState, after: int, block: Block) -> EditorState:
    if len(state.blocks) >= MOST_BLOCKS:
        return state
    numbered = list(zip(state.numbers, state.blocks, strict=True))
    at = state.numbers.index(after) + 1
    return state.with_blocks([*numbered[:at], (state.next_number, block), *numbered[at:]])


def _choose(state: EditorState, press: Press) -> EditorState:
    if press.value != ALL_SERVICES and service(press.value) is None:
        return state
    chosen = replace(state.block(press.number), service=press.value.lower())
    if press.value == ALL_SERVICES:
        chosen = replace(chosen, all_actions=True)
    return state.with_block(press.number, chosen)


def _find(state: EditorState, press: Press) -> EditorState:
    found = service_typed(press.typed("find"))
    return _choose(state, replace(press, value=found.prefix)) if found else state


_ON_STATE: Mapping[str, Verb] = {
    "json": _show_json,
    "visual": _show_visual,
    "more": _more,
    "import": _open_menu("import"),
    "cloudformation": _open_menu("cloudformation"),
    "close": arn_dialog.close_dialog,
    "arns-cancel": arn_dialog.close_dialog,
    "arns-tab": arn_dialog.turn_tab,
}
_ON_BLOCK: Mapping[str, Verb] = {
    "remove": _remove,
    "clone": _clone,
    "choose": _choose,
    "find": _find,
    "action-add": manual_actions.add_actions,
    "action-remove": manual_actions.remove_action,
    "arns": arn_dialog.open_dialog,
    "arns-add": arn_dialog.add_arns,
    "arn-remove": arn_dialog.remove_arn,
    "condition": conditions.open_form,
    "condition-add": conditions.add_condition,
    "condition-remove": conditions.remove_condition,
}
