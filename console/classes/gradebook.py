"""The gradebook of a class: everybody's points, as a table."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from console.classes.models import Assignment, Class, Enrollment
from console.classes.scores import Score, scores_of
from console.classes.work import lab_of_assignment
from console.labs.files import LabFile
from console.labs.site_users import display_name

_TENTH = Decimal("0.1")


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
