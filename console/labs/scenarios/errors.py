"""What is wrong with a scenario, and where."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Fault:
    """One fault of a file; `path` as in `world.users[0].name`, `line` and `column` from 1."""

    message: str
    path: str = ""
    line: int = 0
    column: int = 0

    def __str__(self) -> str:
        line = f"line {self.line}" if self.line else ""
        column = f"column {self.column}" if self.column else ""
        where = ", ".join(part for part in (line, column, self.path) if part)
        return f"{where}: {self.message}" if where else self.message


class ScenarioError(ValueError):
    """A scenario that cannot be seeded."""

    def __init__(self, *faults: Fault) -> None:
        self.faults = faults
        super().__init__("\n".join(map(str, faults)))
