"""The gradebook as CSV: a line for each student, or one for each of a student's tasks."""

import csv
from collections import Counter
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from console.classes.gradebook import Gradebook, GradeRow
from console.classes.scores import Score, TaskScore
from console.labs.models import HintUse
from console.spreadsheets import no_formula


def _cell(value: Any) -> Any:
    """Return a value as a spreadsheet may have it: a text never begins as a formula does."""
    if isinstance(value, Decimal):
        return f"{value.normalize():f}"
    return no_formula(value) if isinstance(value, str) else value


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


_OF_TASK = [
    "lab", "task", "points", "points at due", "most", "begun at", "solved at", "minutes",
    "days late", "awarded", "tries", "hints",
]  # fmt: skip


def _hints(book: Gradebook) -> Counter[tuple[int, str]]:
    """Count the hints that were used, by attempt and task; one query."""
    assigned = [column.assignment.pk for column in book.columns]
    used = HintUse.objects.filter(attempt__assignment__in=assigned)
    return Counter(used.values_list("attempt", "task"))


def _begun_at(score: Score) -> str:
    return score.attempt.started_at.isoformat(timespec="seconds") if score.attempt else ""


def _minutes(score: Score, task: TaskScore) -> int | str:
    """Return how long after the start of the attempt a task was solved."""
    if score.attempt is None or task.solved_at is None:
        return ""
    return round((task.solved_at - score.attempt.started_at).total_seconds() / 60)


def long_rows(book: Gradebook) -> Iterator[list[Any]]:
    """Yield a line for each student and task."""
    yield [*_WHO, *_OF_TASK]
    hints = _hints(book)
    for row in book.rows:
        for column, score in zip(book.columns, row.scores, strict=True):
            for task in score.tasks:
                solved = task.solved_at.isoformat(timespec="seconds") if task.solved_at else ""
                yield [
                    *_who(row),
                    column.assignment.lab,
                    task.task,
                    task.points,
                    task.at_due,
                    task.most,
                    _begun_at(score),
                    solved,
                    _minutes(score, task),
                    task.late_days,
                    "yes" if task.awarded else "",
                    score.tries,
                    hints[score.attempt.pk if score.attempt else 0, task.task],
                ]
