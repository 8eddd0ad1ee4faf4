"""*Add actions*: actions that are typed: with wildcards, or unknown to the catalogue."""

import re
from dataclasses import replace

from console.pages.iam.policy_editor.blocks.block import (
    ALL_SERVICES,
    Block,
    action_named,
    service_name,
    unique,
)
from console.pages.iam.policy_editor.blocks.form_fields import prefix, split_words
from console.pages.iam.policy_editor.state import EditorState
from console.pages.iam.policy_editor.visual.button_press import Press

_ACTION_NAME = re.compile(r"[A-Za-z0-9*?]+")
_WIDE_SERVICE = re.compile(r"(?=.*[*?])[A-Za-z0-9*?-]+")


def add_actions(state: EditorState, press: Press) -> EditorState:
    """Tick the typed actions that the catalogue knows; keep the others as manual actions."""
    block = state.block(press.number)
    words = split_words(press.typed("new-action"))
    error = _action_error(block, words)
    if error:
        errors = {f"{prefix(press.number)}new-action": error}
        return replace(state.with_errors(**errors), manual_open=press.number)
    for word in words:
        block = _with_action(block, word)
    return state.with_block(press.number, block)


def _action_error(block: Block, words: tuple[str, ...]) -> str:
    if not words:
        return f"Type an action, for example {block.service}:Get*."
    for word in words:
        start, colon, name = word.rpartition(":")
        if word != "*" and not _ACTION_NAME.fullmatch(name):
            return f"{word} is not an action: letters, digits, * and ? only."
        if block.service == ALL_SERVICES and word != "*":
            if not _WIDE_SERVICE.fullmatch(start):
                return f"{word} names one service. Choose Add more permissions for it."
        elif colon and start.lower() != block.service:
            return (
                f"{word} is not an action of {service_name(block.service)}. "
                "Choose Add more permissions for another service."
            )
    return ""


def _with_action(block: Block, word: str) -> Block:
    name = word.rpartition(":")[2]
    if block.service == ALL_SERVICES and word != "*":
        return replace(block, manual=unique((*block.manual, word)))
    if name == "*":
        return replace(block, all_actions=True)
    known = action_named(block.service, name)
    if known:
        return replace(block, actions=unique((*block.actions, known.name)))
    return replace(block, manual=unique((*block.manual, f"{block.service}:{name}")))


def remove_action(state: EditorState, press: Press) -> EditorState:
    block = state.block(press.number)
    manual = tuple(action for action in block.manual if action != press.value)
    return state.with_block(press.number, replace(block, manual=manual))
