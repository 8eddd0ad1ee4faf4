"""*Add another condition*: the choices of its form, and its buttons."""

from collections.abc import Callable
from dataclasses import replace

from console.pages.iam.policy_editor.blocks.block import BlockCondition, unique
from console.pages.iam.policy_editor.blocks.form_fields import (
    condition_field,
    prefix,
    unique_conditions,
)
from console.pages.iam.policy_editor.state import EditorState
from console.pages.iam.policy_editor.visual.button_press import Press
from iam.policy_documents import OPERATOR_NAMES

_TITLES = {"strings": "String", "numbers": "Numeric", "dates": "Date", "arns": "ARN"}


def _operator_groups() -> tuple[tuple[str, list[str]], ...]:
    """Return the operators by heading; the one that tests presence (Null) is last."""
    groups: dict[str, list[str]] = {"String": [], "Numeric": [], "Date": [], "Other": [], "ARN": []}
    for family, names in OPERATOR_NAMES.items():
        groups[_TITLES.get(family, "Other")].extend(names)
    groups["Other"].sort(key="Null".__eq__)
    return tuple(groups.items())


OPERATORS = _operator_groups()
QUALIFIERS = (
    ("", "Default"),
    ("ForAnyValue", "For any value in request"),
    ("ForAllValues", "For all values in request"),
)


def condition_typed(typed: Callable[[str], str]) -> tuple[BlockCondition | None, dict[str, str]]:
    """Return the condition in the form's fields, or the errors by field name."""
    key, operator = typed("new-key"), typed("new-operator")
    values = unique(filter(None, (v.strip() for v in typed("new-value").splitlines())))
    errors = {}
    if not key or ":" not in key:
        errors["new-key"] = "Choose a condition key, for example aws:PrincipalTag/team."
    if not operator:
        errors["new-operator"] = "Choose an operator."
    if not values:
        errors["new-value"] = "Type at least one value, one per line."
    if errors:
        return None, errors
    if typed("new-if_exists") and operator != "Null":
        operator += "IfExists"
    qualifier = typed("new-qualifier")
    whole = f"{qualifier}:{operator}" if qualifier else operator
    return BlockCondition(whole, key, values), {}


def open_form(state: EditorState, press: Press) -> EditorState:
    return replace(state, condition_open=press.number)


def add_condition(state: EditorState, press: Press) -> EditorState:
    """Add the typed condition, or show at the fields what is missing."""
    condition, errors = condition_typed(press.typed)
    if condition is None:
        named = {prefix(press.number) + name: sentence for name, sentence in errors.items()}
        return replace(state.with_errors(**named), condition_open=press.number)
    block = state.block(press.number)
    conditions = unique_conditions((*block.conditions, condition))
    return state.with_block(press.number, replace(block, conditions=conditions))


def remove_condition(state: EditorState, press: Press) -> EditorState:
    block = state.block(press.number)
    rest = tuple(c for c in block.conditions if condition_field(c) != press.value)
    return state.with_block(press.number, replace(block, conditions=rest))
