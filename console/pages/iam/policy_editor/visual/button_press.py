"""The pressed button of the editor, and its block."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from django.http import QueryDict

from console.pages.iam.policy_editor.blocks.block import Block
from console.pages.iam.policy_editor.blocks.form_fields import prefix
from console.pages.iam.policy_editor.state import EditorState


@dataclass(frozen=True)
class Press:
    """A pressed button: its verb, its block and its value."""

    posted: QueryDict
    account_id: str
    number: int
    value: str

    def typed(self, name: str) -> str:
        return (self.posted.get(prefix(self.number) + name, "") or "").strip()


def with_block(state: EditorState, number: int, block: Block) -> EditorState:
    blocks = (*state.blocks[:number], block, *state.blocks[number + 1 :])
    return replace(state, blocks=blocks)


def block_of(state: EditorState, press: Press) -> Block:
    return state.blocks[press.number]


Verb = Callable[[EditorState, Press], EditorState]
