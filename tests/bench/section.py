"""What one section of the bench tells: a table's rows, each perhaps with a target."""

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Row:
    """One figure, and if it has a target the least or the most that it should be.

    `reason` is why a target is missed, as it was measured: one that is missed for none fails.
    """

    name: str
    value: float
    unit: str
    least: float | None = None
    most: float | None = None
    reason: str = ""

    @property
    def met(self) -> bool | None:
        """Whether the target is met; None where there is none."""
        if self.least is None and self.most is None:
            return None
        above = self.least is None or self.value >= self.least
        return above and (self.most is None or self.value <= self.most)

    @property
    def target(self) -> str:
        """The target in words."""
        if self.least is not None:
            return f"at least {self.least:g}"
        return "" if self.most is None else f"at most {self.most:g}"


@dataclass(frozen=True)
class Section:
    """A title and its rows."""

    title: str
    rows: tuple[Row, ...]


Measure = Callable[[], list[Section]]
