"""The buttons of the visual editor: each returns the next state of the editor."""

from collections.abc import Mapping
from dataclasses import replace

from django.http import QueryDict

from console.pages.iam.policy_editor.blocks.block import ALL_SERVICES, Block, service_typed
from console.pages.iam.policy_editor.blocks.form_fields import prefix
from console.pages.iam.policy_editor.state import JSON, VISUAL, EditorState, as_json, as_visual
from console.pages.iam.policy_editor.visual import arn_dialog, conditions, manual_actions
from console.pages.iam.policy_editor.visual.button_press import Press, Verb, block_of, with_block
from iam.catalogue import service


def press(state: EditorState, posted: QueryDict, account_id: str) -> EditorState:
    """Apply the pressed button `do`; an unknown one changes nothing."""
    verb, _, rest = (posted.get("do", "") or "").partition(":")
    number, _, value = rest.partition(":")
    at = int(number) if number.isascii() and number.isdigit() and len(number) < 5 else -1
    if verb == "enter":
        verb, at = _entered(state, posted)
    if verb in _ON_STATE:
        return _ON_STATE[verb](state, Press(posted, account_id, at, value))
    if verb in _ON_BLOCK and 0 <= at < len(state.blocks):
        return _ON_BLOCK[verb](state, Press(posted, account_id, at, value))
    return state


def _entered(state: EditorState, posted: QueryDict) -> tuple[str, int]:
    """Return the button that Enter stands for: that of the first field with a text."""
    if state.dialog:
        return "arns-add", state.dialog.block
    for number in range(len(state.blocks)):
        if (posted.get(prefix(number) + "new-action", "") or "").strip():
            return "action-add", number
        if (posted.get(prefix(number) + "find", "") or "").strip():
            return "find", number
    return "", -1


def _show_json(state: EditorState, press: Press) -> EditorState:
    return as_json(state) if state.mode == VISUAL else state


def _show_visual(state: EditorState, press: Press) -> EditorState:
    return as_visual(state) if state.mode == JSON else state


def _open_menu(name: str) -> Verb:
    def opened(state: EditorState, press: Press) -> EditorState:
        return replace(state, menu=name, dialog=None)

    return opened


def _more(state: EditorState, press: Press) -> EditorState:
    return replace(state, blocks=(*state.blocks, Block()))


def _remove(state: EditorState, press: Press) -> EditorState:
    rest = (*state.blocks[: press.number], *state.blocks[press.number + 1 :])
    return replace(state, blocks=rest or (Block(),), dialog=None)


def _clone(state: EditorState, press: Press) -> EditorState:
    kept = state.blocks[: press.number + 1]
    return replace(state, blocks=(*kept, block_of(state, press), *state.blocks[press.number + 1 :]))


def _choose(state: EditorState, press: Press) -> EditorState:
    if press.value != ALL_SERVICES and service(press.value) is None:
        return state
    chosen = replace(block_of(state, press), service=press.value.lower())
    if press.value == ALL_SERVICES:
        chosen = replace(chosen, all_actions=True)
    return with_block(state, press.number, chosen)


def _find(state: EditorState, press: Press) -> EditorState:
    found = service_typed(press.typed("find"))
    return _choose(state, replace(press, value=found.prefix)) if found else state


def _expand(state: EditorState, press: Press) -> EditorState:
    return replace(state, expanded=True)


def _collapse(state: EditorState, press: Press) -> EditorState:
    return replace(state, expanded=False)


_ON_STATE: Mapping[str, Verb] = {
    "json": _show_json,
    "visual": _show_visual,
    "more": _more,
    "import": _open_menu("import"),
    "cloudformation": _open_menu("cloudformation"),
    "arns-cancel": arn_dialog.close_dialog,
    "arns-tab": arn_dialog.turn_tab,
}
_ON_BLOCK: Mapping[str, Verb] = {
    "remove": _remove,
    "clone": _clone,
    "choose": _choose,
    "find": _find,
    "expand": _expand,
    "collapse": _collapse,
    "action-add": manual_actions.add_actions,
    "action-remove": manual_actions.remove_action,
    "arns": arn_dialog.open_dialog,
    "arns-add": arn_dialog.add_arns,
    "arn-remove": arn_dialog.remove_arn,
    "condition-add": conditions.add_condition,
    "condition-remove": conditions.remove_condition,
}
