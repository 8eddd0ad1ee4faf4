"""The interface of a refused call for components."""

from typing import Protocol


class Refusable(Protocol):
    """A call whose error is shown in the place of what it was to bring; no error, no message."""

    @property
    def code(self) -> str:
        """The code of the error."""

    @property
    def message(self) -> str:
        """The sentence about it."""

    @property
    def denied(self) -> bool:
        """Whether the caller may not make the call."""

    @property
    def why_url(self) -> str:
        """The page that explains the denial; empty if there is none."""
