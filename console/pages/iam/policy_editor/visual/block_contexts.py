"""The contexts of the cards of the visual editor."""

from typing import Any

from django.http import QueryDict

from console.pages.iam.policy_editor.blocks.block import Block
from console.pages.iam.policy_editor.blocks.form_fields import fields_of, prefix
from console.pages.iam.policy_editor.state import EditorState
from console.pages.iam.policy_editor.visual.conditions import OPERATORS, QUALIFIERS
from console.pages.iam.policy_editor.visual.openness import openness
from console.pages.iam.policy_editor.visual.views_of_blocks import folded_block, shown_block
from iam.catalogue import ConditionKey, condition_keys, global_condition_keys, services

_TYPED = ("new-action", "find", "filter", "ip", "new-key", "new-qualifier", "new-operator",
          "new-if_exists", "new-value")  # fmt: skip
_EMPTIED = {
    "action-add": ("new-action",),
    "condition-add": ("new-key", "new-qualifier", "new-operator", "new-if_exists", "new-value"),
}


def block_choices() -> dict[str, Any]:
    """Return what every card offers."""
    return {"services": services(), "operators": OPERATORS, "qualifiers": QUALIFIERS}


def block_contexts(posted: QueryDict, state: EditorState, account_id: str) -> list[dict[str, Any]]:
    return [block_context(posted, state, account_id, number) for number in state.numbers]


def block_context(
    posted: QueryDict, state: EditorState, account_id: str, number: int
) -> dict[str, Any]:
    """Return the context of one card: of a folded one, its head and the fields that it sends."""
    block, typed, errors = (
        state.block(number),
        _typed(posted, state, number),
        _errors(state, number),
    )
    opened = openness(posted, state.pressed)
    context = {"number": number, "prefix": prefix(number), "block": block}
    is_clone = state.pressed.verb == "clone" and number == max(state.numbers)
    unfolded = is_clone or opened.of_block(number, state.numbers.index(number))
    if block.service and not unfolded and not errors:
        waiting = ((f"{prefix(number)}{name}", text) for name, text in typed.items() if text)
        fields = [*fields_of(number, block), *waiting]
        return {**context, "shown": folded_block(number, block), "fields": fields}
    return {
        **context,
        "shown": shown_block(number, block, account_id, opened, typed["filter"]),
        "typed": {name.replace("-", "_"): text for name, text in typed.items()},
        "errors": errors,
        "listed": (state.pressed.verb, state.pressed.number) == ("services", number),
        "condition_open": state.condition_open == number,
        "condition_shown": state.condition_open == number or f"{prefix(number)}new-key" in posted,
        "manual_open": state.manual_open == number,
        "condition_keys": _condition_keys(block),
    }


def _condition_keys(block: Block) -> list[ConditionKey]:
    own = [key for key in condition_keys(block.service) if not key.name.startswith("aws:")]
    return [*own, *global_condition_keys()] if block.service else []


def _typed(posted: QueryDict, state: EditorState, number: int) -> dict[str, str]:
    """Return the texts of a block's entry fields, which are not added yet."""
    pressed = state.pressed
    done = pressed.number == number and not state.errors
    emptied = _EMPTIED.get(pressed.verb, ()) if done else ()
    return {
        name: "" if name in emptied else posted.get(prefix(number) + name, "") for name in _TYPED
    }


def _errors(state: EditorState, number: int) -> dict[str, str]:
    start = prefix(number)
    return {
        name.removeprefix(start).replace("-", "_"): sentence
        for name, sentence in state.errors.items()
        if name.startswith(start)
    }
