"""How many steps a search may take, where somebody waits for it."""

from dataclasses import dataclass


class SearchTooLong(Exception):
    """A search has taken all steps that it may, and is not at its end."""


@dataclass
class SearchBudget:
    """What is left of it; searches may share one. It `sufficed` unless one was broken off."""

    steps: int
    sufficed: bool = True

    def spend(self) -> None:
        """Take one step off; raises SearchTooLong where none is left."""
        if self.steps <= 0:
            self.sufficed = False
            raise SearchTooLong
        self.steps -= 1
