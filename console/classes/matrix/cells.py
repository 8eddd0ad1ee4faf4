"""One student and one assignment: in letters and in words."""

from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from console.classes.models import Assignment, Enrollment, Mode
from console.labs.attempts import TaskState
from console.labs.catalog import find_lab
from console.labs.files import LabFile

_WORDS = {state.letter: state.value for state in TaskState}


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
    """A task's state as a letter, with its word and the task's title."""

    letter: str
    word: str
    title: str


@dataclass(frozen=True)
class Cell:
    """Where a student is in an assignment; in an exam, only whether somebody works on it."""

    enrollment: Enrollment
    assignment: Assignment
    attempt: AttemptColumns | None

    @property
    def id(self) -> str:
        return f"cell-{self.enrollment.public_id}-{self.assignment.public_id}"

    @property
    def hides_correctness(self) -> bool:
        return self.assignment.mode == Mode.EXAM and self.assignment.results_shown_at is None

    @cached_property
    def lab(self) -> LabFile | None:
        return find_lab(self.assignment.lab)

    @cached_property
    def letters(self) -> list[TaskLetter]:
        """Return the tasks with their letters; none where correctness is hidden."""
        if self.attempt is None or self.hides_correctness:
            return []
        titles = [task.title for task in self.lab.tasks] if self.lab else []
        states = self.attempt.states or "O" * len(titles)
        titles += [""] * (len(states) - len(titles))
        return [
            TaskLetter(letter, _WORDS.get(letter, "open"), title)
            for letter, title in zip(states, titles, strict=False)
        ]

    @property
    def solved(self) -> int:
        return sum(one.letter == TaskState.SOLVED.letter for one in self.letters)

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
            broken = any(one.letter == TaskState.BROKEN.letter for one in self.letters)
            return "Finished, broken since" if broken else "Finished"
        return f"{self.solved} of {len(self.letters)} solved"
