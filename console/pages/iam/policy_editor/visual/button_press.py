"""The pressed button of the editor, and its block."""

from collections.abc import Callable
from dataclasses import dataclass

from django.http import QueryDict

from console.pages.iam.policy_editor.blocks.form_fields import prefix
from console.pages.iam.policy_editor.state import EditorState


@dataclass(frozen=True)
class Press:
    """What a button was pressed with: all that was posted, its block and its value."""

    posted: QueryDict
    account_id: str
    number: int
    value: str

    def typed(self, name: str) -> str:
        return (self.posted.get(prefix(self.number) + name, "") or "").strip()


Verb = Callable[[EditorState, Press], EditorState]
