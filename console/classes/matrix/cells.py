"""One student and one assignment: in letters and in words."""

from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from console.classes.models import Assignment, Enrollment, Mode
from console.labs.attempts import TaskState
from console.labs.catalog import find_lab
from console.labs.files import LabFile


class AttemptColumns(NamedTuple):
    """What a matrix reads of an attempt."""

    pk: int
    owner: int
    team: int | None
    assignment: int
    public_id: str
    states: str
    points: int
    finished: bool
    handed_in: bool


@dataclass(frozen=True)
class TaskLetter:
    """A task's state as a letter, with its word."""

    letter: str
    word: str


_LETTERS = {state.letter: TaskLetter(state.letter, state.value) for state in TaskState}
_OPEN = _LETTERS[TaskState.OPEN.letter]


@dataclass(frozen=True)
class Cell:
    """Where a student is in an assignment; in an exam, only whether somebody works on it."""

    enrollment: Enrollment
    assignment: Assignment
    attempt: AttemptColumns | None

    @property
    def hides_correctness(self) -> bool:
        return self.assignment.mode == Mode.EXAM and self.assignment.results_shown_at is None

    @cached_property
    def lab(self) -> LabFile | None:
        return find_lab(self.assignment.lab)

    @cached_property
    def states(self) -> str:
        """Return the letters of the tasks as one text; none where correctness is hidden."""
        if self.attempt is None or self.hides_correctness:
            return ""
        return self.attempt.states or _OPEN.letter * (len(self.lab.tasks) if self.lab else 0)

    @property
    def letters(self) -> list[TaskLetter]:
        return [_LETTERS.get(letter, _OPEN) for letter in self.states]

    @property
    def points(self) -> int | None:
        """Return the points; none where correctness is hidden."""
        return self.attempt.points if self.attempt and not self.hides_correctness else None

    @property
    def words(self) -> str:
        """Return the cell in a few words."""
        attempt = self.attempt
        if attempt is None:
            return "Not begun"
        if attempt.handed_in:
            return "Handed in"
        if self.hides_correctness:
            return "Working"
        if attempt.finished:
            broken = TaskState.BROKEN.letter in self.states
            return "Finished, broken since" if broken else "Finished"
        return f"{self.states.count(TaskState.SOLVED.letter)} of {len(self.states)} solved"
