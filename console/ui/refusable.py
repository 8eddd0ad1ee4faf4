"""What components need of a call that may have been refused."""

from typing import Protocol


class Refusable(Protocol):
    """A call whose error is shown in the place of what it was to bring; no error, no message."""

    @property
    def code(self) -> str:
        """AWS's code of the error."""

    @property
    def message(self) -> str:
        """AWS's sentence about it."""

    @property
    def denied(self) -> bool:
        """Whether policies do not allow the call."""

    @property
    def why_url(self) -> str:
        """The page that explains the denial; empty if there is none."""
