"""What the buttons of the visual editor do: each makes the next state of the editor."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from django.http import QueryDict

from console.pages.iam.policy_editor import arns
from console.pages.iam.policy_editor.blocks import (
    ALL_SERVICES,
    Block,
    Condition,
    action_named,
    catalogue_of,
    service_name,
    unique,
)
from console.pages.iam.policy_editor.fields import (
    condition_field,
    prefix,
    split_words,
    unique_conditions,
)
from console.pages.iam.policy_editor.state import (
    JSON,
    VISUAL,
    Dialog,
    State,
    as_json,
    as_visual,
)
from iam.catalogue import matches, service, services

_ACTION_NAME = re.compile(r"[A-Za-z0-9*?]+")


@dataclass(frozen=True)
class Press:
    """A button that was pressed: what it says to do, on which block, with which value."""

    posted: QueryDict
    account_id: str
    number: int
    value: str

    def typed(self, name: str) -> str:
        """Return what stands in a field of the block."""
        return (self.posted.get(prefix(self.number) + name, "") or "").strip()


def press(state: State, posted: QueryDict, account_id: str) -> State:
    """Do what the button named `do` says; one that is not known changes nothing."""
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


def _entered(state: State, posted: QueryDict) -> tuple[str, int]:
    """Guess which button Enter meant from what stands in the fields."""
    if state.dialog:
        return "arns-add", state.dialog.block
    for number in range(len(state.blocks)):
        if (posted.get(prefix(number) + "new-action", "") or "").strip():
            return "action-add", number
        if (posted.get(prefix(number) + "find", "") or "").strip():
            return "find", number
    return "", -1


def _with_block(state: State, number: int, block: Block) -> State:
    blocks = (*state.blocks[:number], block, *state.blocks[number + 1 :])
    return replace(state, blocks=blocks)


def _block(state: State, press: Press) -> Block:
    return state.blocks[press.number]


def _show_json(state: State, press: Press) -> State:
    return as_json(state) if state.mode == VISUAL else state


def _show_visual(state: State, press: Press) -> State:
    return as_visual(state) if state.mode == JSON else state


def _open_menu(name: str) -> "Verb":
    def opened(state: State, press: Press) -> State:
        return replace(state, menu=name, dialog=None)

    return opened


def _more(state: State, press: Press) -> State:
    return replace(state, blocks=(*state.blocks, Block()))


def _remove(state: State, press: Press) -> State:
    rest = (*state.blocks[: press.number], *state.blocks[press.number + 1 :])
    return replace(state, blocks=rest or (Block(),), dialog=None)


def _clone(state: State, press: Press) -> State:
    kept = state.blocks[: press.number + 1]
    return replace(state, blocks=(*kept, _block(state, press), *state.blocks[press.number + 1 :]))


def _choose(state: State, press: Press) -> State:
    if press.value != ALL_SERVICES and service(press.value) is None:
        return state
    chosen = replace(_block(state, press), service=press.value.lower())
    if press.value == ALL_SERVICES:
        chosen = replace(chosen, all_actions=True)
    return _with_block(state, press.number, chosen)


def _find(state: State, press: Press) -> State:
    """Choose the service whose name was typed, if that names one alone."""
    typed = press.typed("find")
    exact = service(typed)
    found = [exact] if exact else [s for s in services() if matches(typed, f"{s.name} {s.title}")]
    if len(found) != 1 or found[0] is None:
        return state
    return _choose(state, replace(press, value=found[0].prefix))


def _expand(state: State, press: Press) -> State:
    return replace(state, expanded=True)


def _collapse(state: State, press: Press) -> State:
    return replace(state, expanded=False)


def _add_actions(state: State, press: Press) -> State:
    """Tick what the catalogue knows of the actions typed, and keep the rest as manual ones."""
    block = _block(state, press)
    words = split_words(press.typed("new-action"))
    error = _action_error(block, words)
    if error:
        errors = {f"{prefix(press.number)}new-action": error}
        return replace(state.with_errors(**errors), manual_open=press.number)
    for word in words:
        block = _with_action(block, word)
    return _with_block(state, press.number, block)


def _action_error(block: Block, words: tuple[str, ...]) -> str:
    if not words:
        return f"Type an action, for example {block.service}:Get*."
    for word in words:
        start, colon, name = word.rpartition(":")
        if word != "*" and not _ACTION_NAME.fullmatch(name):
            return f"{word} is not an action: letters, digits, * and ? only."
        if colon and start.lower() != block.service:
            return (
                f"{word} is not an action of {service_name(block.service)}. "
                "Choose Add more permissions for another service."
            )
    return ""


def _with_action(block: Block, word: str) -> Block:
    name = word.rpartition(":")[2]
    if name == "*":
        return replace(block, all_actions=True)
    known = action_named(block.service, name)
    if known:
        return replace(block, actions=unique((*block.actions, known.name)))
    return replace(block, manual=unique((*block.manual, f"{block.service}:{name}")))


def _remove_action(state: State, press: Press) -> State:
    block = _block(state, press)
    manual = tuple(action for action in block.manual if action != press.value)
    return _with_block(state, press.number, replace(block, manual=manual))


def _open_arns(state: State, press: Press) -> State:
    return replace(state, dialog=Dialog(press.number, press.value))


def _close_arns(state: State, press: Press) -> State:
    return replace(state, dialog=None)


def _arns_tab(state: State, press: Press) -> State:
    if state.dialog is None:
        return state
    tab = "text" if press.value == "text" else VISUAL
    return replace(state, dialog=replace(state.dialog, tab=tab))


def typed_account(posted: QueryDict, account_id: str) -> arns.Account:
    """Return the account that the dialog's radios chose."""
    choice, other = posted.get("arn-account", ""), posted.get("arn-other", "")
    return arns.Account(choice or "this", account_id, other or "")


def typed_values(posted: QueryDict, template: str) -> dict[str, str]:
    """Return what stands in the dialog's blanks; *Any* is a star."""
    values = {}
    for blank in arns.fields(template):
        is_any = posted.get(f"arn-any-{blank.name}")
        typed = (posted.get(f"arn-field-{blank.name}", "") or "").strip()
        values[blank.name] = "*" if is_any else typed
    return values


def _add_arns(state: State, press: Press) -> State:
    if state.dialog is None or state.dialog.block != press.number:
        return state
    block = _block(state, press)
    kind = _template(block, state.dialog.kind)
    if state.dialog.tab == "text" or not kind:
        lines = split_words(press.posted.get("arn-text", "") or "")
        error = arns.text_errors(lines)
        errors = {"arn-text": error} if error else {}
    else:
        account = typed_account(press.posted, press.account_id)
        values = typed_values(press.posted, kind)
        found = arns.field_errors(kind, account, values)
        errors = {f"arn-{name}": sentence for name, sentence in found.items()}
        lines = (arns.filled(kind, account.written, values),)
    if errors:
        return state.with_errors(**errors)
    with_arns = replace(block, arns=unique((*block.arns, *lines)), any_resource="*" in lines)
    return replace(_with_block(state, press.number, with_arns), dialog=None)


def _template(block: Block, kind: str) -> str:
    found = catalogue_of(block)
    resource_type = found.resource_type(kind) if found else None
    return resource_type.arn if resource_type else ""


def _remove_arn(state: State, press: Press) -> State:
    block = _block(state, press)
    rest = tuple(arn for arn in block.arns if arn != press.value)
    return _with_block(state, press.number, replace(block, arns=rest))


def _add_condition(state: State, press: Press) -> State:
    key, operator = press.typed("new-key"), press.typed("new-operator")
    values = unique(filter(None, (v.strip() for v in press.typed("new-value").splitlines())))
    errors = {}
    if not key or ":" not in key:
        errors["new-key"] = "Choose a condition key, for example aws:PrincipalTag/team."
    if not operator:
        errors["new-operator"] = "Choose an operator."
    if not values:
        errors["new-value"] = "Type at least one value, one a line."
    if errors:
        named = {prefix(press.number) + name: sentence for name, sentence in errors.items()}
        return replace(state.with_errors(**named), condition_open=press.number)
    if press.typed("new-if_exists") and operator != "Null":
        operator += "IfExists"
    qualifier = press.typed("new-qualifier")
    whole = f"{qualifier}:{operator}" if qualifier else operator
    block = _block(state, press)
    conditions = unique_conditions((*block.conditions, Condition(whole, key, values)))
    return _with_block(state, press.number, replace(block, conditions=conditions))


def _remove_condition(state: State, press: Press) -> State:
    block = _block(state, press)
    rest = tuple(c for c in block.conditions if condition_field(c) != press.value)
    return _with_block(state, press.number, replace(block, conditions=rest))


Verb = Callable[[State, Press], State]
_ON_STATE: Mapping[str, Verb] = {
    "json": _show_json,
    "visual": _show_visual,
    "more": _more,
    "import": _open_menu("import"),
    "cloudformation": _open_menu("cloudformation"),
    "arns-cancel": _close_arns,
    "arns-tab": _arns_tab,
}
_ON_BLOCK: Mapping[str, Verb] = {
    "remove": _remove,
    "clone": _clone,
    "choose": _choose,
    "find": _find,
    "expand": _expand,
    "collapse": _collapse,
    "action-add": _add_actions,
    "action-remove": _remove_action,
    "arns": _open_arns,
    "arns-add": _add_arns,
    "arn-remove": _remove_arn,
    "condition-add": _add_condition,
    "condition-remove": _remove_condition,
}
