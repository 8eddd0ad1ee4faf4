"""The gradebook of a class: everybody's points, as a table and as CSV."""

import csv
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from console.classes.models import Assignment, Class, Enrollment
from console.classes.scores import Score, scores_of
from console.classes.work import lab_of_assignment
from console.labs.files import LabFile
from console.labs.site_users import display_name

_TENTH = Decimal("0.1")
_RISKY = ("=", "+", "-", "@", "\t", "\r", "\n")


@dataclass(frozen=True)
class GradedAssignment:
    """A column: an assignment with its lab, which may be gone."""

    assignment: Assignment
    lab: LabFile | None

    @property
    def title(self) -> str:
        return self.lab.title if self.lab else self.assignment.lab

    @property
    def most(self) -> int:
        return sum(task.points for task in self.lab.tasks) if self.lab else 0

    @property
    def tasks(self) -> list[str]:
        return [task.id for task in self.lab.tasks] if self.lab else []


@dataclass(frozen=True)
class GradeRow:
    """A student with a score for each assignment, and the weighted total in percent.

    There is no total while nothing counts: all is practice, or weighs nothing.
    """

    enrollment: Enrollment
    scores: tuple[Score, ...]
    total: Decimal | None

    assignments: tuple[Assignment, ...] = ()

    @property
    def name(self) -> str:
        return display_name(self.enrollment.user)

    @property
    def cells(self) -> list[tuple[Assignment, Score]]:
        return list(zip(self.assignments, self.scores, strict=True))


@dataclass(frozen=True)
class Gradebook:
    """Students of a class, by name; five queries, however many there are."""

    columns: tuple[GradedAssignment, ...]
    rows: tuple[GradeRow, ...]


def _total(assignments: Sequence[Assignment], scores: Sequence[Score]) -> Decimal | None:
    """Return the weighted percentage of what counts: practice does not."""
    counted = [
        (one.weight, score) for one, score in zip(assignments, scores, strict=True) if one.counts
    ]
    weights = sum((weight for weight, _ in counted), Decimal())
    if not weights:
        return None
    parts = (
        weight * (score.points / score.most if score.most else Decimal())
        for weight, score in counted
    )
    return (100 * sum(parts, Decimal()) / weights).quantize(_TENTH, ROUND_HALF_UP)


def gradebook_of(course_class: Class, students: Sequence[Enrollment] | None = None) -> Gradebook:
    """Return the gradebook of a class, or the rows of some students, in their order."""
    if students is None:
        rows = Enrollment.objects.filter(course_class=course_class, removed_at=None)
        students = list(rows.select_related("user__profile", "team"))
        students.sort(key=lambda one: display_name(one.user).casefold())
    assignments = _assignments(course_class)
    columns = tuple(GradedAssignment(one, lab_of_assignment(one)) for one in assignments)
    return Gradebook(columns, tuple(_rows(assignments, students)))


def _assignments(course_class: Class) -> list[Assignment]:
    rows = Assignment.objects.filter(course_class=course_class)
    return list(rows.select_related("version"))


def _rows(assignments: Sequence[Assignment], students: Sequence[Enrollment]) -> list[GradeRow]:
    scores, graded = scores_of(assignments, students), []
    for one in students:
        own = tuple(scores[assignment.pk, one.pk] for assignment in assignments)
        graded.append(GradeRow(one, own, _total(assignments, own), tuple(assignments)))
    return graded


def grade_rows(course_class: Class, students: Sequence[Enrollment]) -> list[GradeRow]:
    """Return the rows of some students, in their order; four queries."""
    return _rows(_assignments(course_class), students)


def _cell(value: Any) -> Any:
    """Return a value as a spreadsheet may have it: a text never begins as a formula does."""
    if isinstance(value, Decimal):
        return f"{value.normalize():f}"
    if isinstance(value, str) and value.startswith(_RISKY):
        return f"'{value}"
    return value


class _Line:
    """A file that returns what is written to it."""

    def write(self, text: str) -> str:
        return text


def csv_lines(rows: Iterator[list[Any]]) -> Iterator[str]:
    """Yield the lines of a CSV file, with a mark that lets spreadsheets read UTF-8."""
    writer: Any = csv.writer(_Line())
    yield "\ufeff"
    for row in rows:
        yield writer.writerow([_cell(value) for value in row])


_WHO = ["login", "name", "reference", "team"]


def _who(row: GradeRow) -> list[Any]:
    enrollment = row.enrollment
    team = enrollment.team.name if enrollment.team else ""
    return [enrollment.user.get_username(), row.name, enrollment.reference, team]


def wide_rows(book: Gradebook) -> Iterator[list[Any]]:
    """Yield a line for each student, with a column for each task."""
    heading = [*_WHO]
    for column in book.columns:
        slug = column.assignment.lab
        heading += [f"{slug}: {task}" for task in column.tasks]
        heading += [f"{slug}: points", f"{slug}: points at due", f"{slug}: most"]
    yield [*heading, "total %"]
    for row in book.rows:
        line = _who(row)
        for column, score in zip(book.columns, row.scores, strict=True):
            known = {task.task: task.points for task in score.tasks}
            line += [known.get(task, "") for task in column.tasks]
            line += [score.points, score.at_due, score.most]
        yield [*line, "" if row.total is None else row.total]


def long_rows(book: Gradebook) -> Iterator[list[Any]]:
    """Yield a line for each student and task."""
    yield [*_WHO, "lab", "task", "points", "most", "solved at", "days late", "awarded", "tries"]
    for row in book.rows:
        for column, score in zip(book.columns, row.scores, strict=True):
            for task in score.tasks:
                solved = task.solved_at.isoformat(timespec="seconds") if task.solved_at else ""
                yield [
                    *_who(row),
                    column.assignment.lab,
                    task.task,
                    task.points,
                    task.most,
                    solved,
                    task.late_days,
                    "yes" if task.awarded else "",
                    score.tries,
                ]
