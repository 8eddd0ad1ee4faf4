"""The editor between two requests: its whole state is in the form, none on the server."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from django.http import QueryDict

from console.pages.iam.policy_editor.blocks.block import Block
from console.pages.iam.policy_editor.blocks.document_reader import (
    CannotShowError,
    from_document,
    policy_id_of,
)
from console.pages.iam.policy_editor.blocks.document_writer import to_document, to_text
from console.pages.iam.policy_editor.blocks.form_fields import (
    blocks_from,
    numbers_from,
    prefix,
)
from console.pages.iam.policy_editor.pressed_button import NOTHING, PressedButton, button_named
from iam.policy_documents import size_without_whitespace, syntax_sentence

VISUAL, JSON = "visual", "json"
SPECIFY, REVIEW = "specify", "review"
_TEXTS = (("name", "Policy name"), ("description", "Description"))
_ENTERED = (("new-action", "action-add"), ("find", "find"), ("filter", "filter"))


@dataclass(frozen=True)
class ArnDialog:
    """The open dialog *Specify ARNs*: the number of its block and its resource type."""

    block: int
    kind: str
    tab: str = VISUAL


@dataclass(frozen=True)
class EditorState:
    """The editor's state.

    `document` is the JSON as typed, or as the visual editor last wrote it; `written` the JSON that
    `blocks` gave when the JSON editor was opened. `errors` are sentences by the name of a field.
    A block keeps its number while others come and go, so that a page need not be sent anew.
    """

    step: str = SPECIFY
    mode: str = VISUAL
    blocks: tuple[Block, ...] = (Block(),)
    posted_numbers: tuple[int, ...] = ()
    policy_id: str = ""
    document: str = ""
    written: str = ""
    dialog: ArnDialog | None = None
    cannot_show: str = ""
    menu: str = ""
    manual_open: int | None = None
    condition_open: int | None = None
    pressed: PressedButton = NOTHING
    errors: Mapping[str, str] = field(default_factory=dict)

    @property
    def numbers(self) -> tuple[int, ...]:
        return self.posted_numbers or tuple(range(len(self.blocks)))

    @property
    def next_number(self) -> int:
        return max(self.numbers) + 1

    def block(self, number: int) -> Block:
        return self.blocks[self.numbers.index(number)]

    def with_blocks(self, numbered: Iterable[tuple[int, Block]]) -> "EditorState":
        pairs = tuple(numbered)
        return replace(
            self,
            blocks=tuple(block for _, block in pairs),
            posted_numbers=tuple(number for number, _ in pairs),
        )

    def with_block(self, number: int, block: Block) -> "EditorState":
        pairs = zip(self.numbers, self.blocks, strict=True)
        return self.with_blocks((n, block if n == number else other) for n, other in pairs)

    def with_new_blocks(self, blocks: Sequence[Block]) -> "EditorState":
        """Return the state with other blocks, numbered anew."""
        return replace(self, blocks=tuple(blocks), posted_numbers=())

    def with_errors(self, **errors: str) -> "EditorState":
        return replace(self, errors={**self.errors, **errors})


def opened(document: str) -> EditorState:
    """Return the state for an existing policy: visual if the visual editor can show it."""
    document = with_plain_lines(document)
    try:
        blocks = from_document(document)
    except ValueError:
        return EditorState(mode=JSON, document=document)
    except CannotShowError as cannot:
        return EditorState(mode=JSON, document=document, cannot_show=cannot.reason)
    policy_id = policy_id_of(document)
    return EditorState(blocks=blocks or (Block(),), document=document, policy_id=policy_id)


def posted_state(posted: QueryDict) -> EditorState:
    """Read the editor back from its form."""
    state = EditorState(
        step=REVIEW if posted.get("step") == REVIEW else SPECIFY,
        mode=JSON if posted.get("mode") == JSON else VISUAL,
        blocks=blocks_from(posted) or (Block(),),
        posted_numbers=numbers_from(posted),
        policy_id=posted.get("policy-id", "") or "",
        document=with_plain_lines(posted.get("document", "") or ""),
        written=with_plain_lines(posted.get("written", "") or ""),
        dialog=_dialog(posted),
    )
    return replace(state, pressed=_pressed(state, posted))


def _pressed(state: EditorState, posted: QueryDict) -> PressedButton:
    """Return the pressed button; Enter stands for that of the first field with a text."""
    button = button_named(posted.get("do", "") or "")
    if button.verb != "enter":
        return button
    if state.dialog:
        return PressedButton("arns-add", state.dialog.block, state.dialog.kind)
    for number in state.numbers:
        for name, verb in _ENTERED:
            if (posted.get(prefix(number) + name, "") or "").strip():
                return PressedButton(verb, number)
    return button


def policy_text(state: EditorState) -> str:
    """Return the policy's text; the typed text if the blocks still mean the same."""
    if state.mode == JSON or _shows(state.blocks, state.document):
        return state.document
    return to_text(state.blocks, state.policy_id)


def typed_policy(posted: QueryDict) -> list[tuple[str, str]]:
    """Return what was typed into the editor, with the document in the place of its fields."""
    document = policy_text(posted_state(posted))
    texts = [(label, posted.get(name, "")) for name, label in _TEXTS]
    return [*texts, ("Policy document", document)]


@dataclass(frozen=True)
class PolicySize:
    """How much of a policy's size is left, as AWS counts it: without white space."""

    left: int
    limit: int


def policy_size(state: EditorState, limit: int) -> PolicySize:
    return PolicySize(limit - size_without_whitespace(policy_text(state)), limit)


def as_json(state: EditorState) -> EditorState:
    text = policy_text(state)
    return replace(state, mode=JSON, document=text, written=text, dialog=None)


def as_visual(state: EditorState) -> EditorState:
    """Switch to the visual editor, or stay in JSON and show why it cannot show the document."""
    if state.mode == VISUAL or state.document == state.written:
        return replace(state, mode=VISUAL)
    try:
        blocks = from_document(state.document)
    except json.JSONDecodeError as error:
        return state.with_errors(document=broken_sentence(error))
    except ValueError:
        return state.with_errors(document="This policy contains invalid Json")
    except CannotShowError as cannot:
        return replace(state, cannot_show=cannot.reason)
    changed = state.with_new_blocks(blocks or (Block(),))
    return replace(changed, mode=VISUAL, policy_id=policy_id_of(state.document))


def broken_sentence(error: json.JSONDecodeError) -> str:
    sentence = syntax_sentence(error)
    return f"Ln {error.lineno}, Col {error.colno}: {sentence}. Fix it before you continue."


def with_plain_lines(text: str) -> str:
    """Return the text with `\n` as line ends; browsers send `\r\n`."""
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _shows(blocks: tuple[Block, ...], document: str) -> bool:
    """Return whether the blocks are as read from the document: nobody edited them."""
    if not document.strip():
        return False
    try:
        return _shape(from_document(document)) == _shape(blocks)
    except (ValueError, CannotShowError):
        return False


def _shape(blocks: tuple[Block, ...]) -> object:
    return to_document(
        [
            replace(
                b,
                arns=tuple(sorted(b.arns)),
                conditions=tuple(sorted(b.conditions, key=lambda c: (c.operator, c.key))),
            )
            for b in blocks
        ]
    )


def _dialog(posted: QueryDict) -> ArnDialog | None:
    number, _, kind = (posted.get("arns", "") or "").partition(":")
    if not (number.isascii() and number.isdigit() and kind):
        return None
    tab = "text" if posted.get("arn-tab") == "text" else VISUAL
    return ArnDialog(int(number), kind, tab)
