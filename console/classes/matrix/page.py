"""A page of the matrix: those who wait for help first, then those stuck longest."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from django.db.models import Count

from console.classes.matrix.attempts import (
    Attempts,
    attempts_of,
    by_student,
    current_attempts,
)
from console.classes.matrix.cells import Cell
from console.classes.matrix.stuck import Presence, Present, Stuck, presence_in
from console.classes.models import Assignment, Class, Enrollment, HelpRequest, Mode
from console.classes.seats import Seat, SeatPage, page_of_seats, seated, seats_of
from console.classes.student_names import PLAIN_NAMES, StudentNames
from console.labs.attempts import TaskState
from console.labs.catalog import find_lab

_NEVER = datetime.max.replace(tzinfo=UTC)


@dataclass(frozen=True)
class MatrixRow:
    """A student with a cell for each assignment."""

    enrollment: Enrollment
    name: str
    cells: tuple[Cell, ...]
    is_present: bool
    stuck: Stuck | None
    help: HelpRequest | None

    @property
    def id(self) -> str:
        return f"row-{self.enrollment.public_id}"

    @property
    def address(self) -> str:
        """Return the address of the student's page, from the class's own: fifty stand on one."""
        return f"students/{self.enrollment.public_id}/"

    @property
    def tick_id(self) -> str:
        return f"tick-{self.enrollment.public_id}"


@dataclass(frozen=True)
class Total:
    """How far the class is in an assignment; `solved` counts by task, where tasks are shown."""

    assignment: Assignment
    begun: int
    finished: int
    solved: tuple[int, ...] = ()
    hidden: bool = False


@dataclass(frozen=True)
class Matrix:
    """A page of rows, with totals of all students."""

    assignments: tuple[Assignment, ...]
    rows: tuple[MatrixRow, ...]
    totals: tuple[Total, ...]
    page: SeatPage
    students: int
    present: int
    waiting: tuple[HelpRequest, ...]


def waiting_in(course_class: Class) -> tuple[HelpRequest, ...]:
    """Return who waits for help, the longest wait of each, the longest first; one query."""
    waiting = HelpRequest.objects.filter(
        enrollment__course_class=course_class, enrollment__removed_at=None, done_at=None
    ).select_related("enrollment__user__profile")
    longest = {one.enrollment_id: one for one in waiting.order_by("-asked_at")}
    return tuple(sorted(longest.values(), key=lambda one: one.asked_at))


def _by_enrollment(waiting: Collection[HelpRequest]) -> dict[int, HelpRequest]:
    return {one.enrollment_id: one for one in waiting}


def matrix_of(
    course_class: Class,
    assignments: Sequence[Assignment],
    names: StudentNames = PLAIN_NAMES,
    *,
    page: int = 1,
    by_name: bool = False,
) -> Matrix:
    """Return a page of the matrix; as many queries for 5 students as for 500."""
    students, presence = seats_of(course_class), presence_in(assignments)
    here = by_student(students, presence.present.values())
    stuck_of = _worst(here, presence)
    requests = waiting_in(course_class)
    waiting = _by_enrollment(requests)

    def urgency(one: Seat) -> tuple[datetime, datetime, str]:
        asked, stuck = waiting.get(one.pk), stuck_of.get(one.pk)
        name = one.name.casefold()
        if by_name:
            return (_NEVER, _NEVER, name)
        return (asked.asked_at if asked else _NEVER, stuck.since if stuck else _NEVER, name)

    students.sort(key=urgency)
    paged = page_of_seats(students, page)
    shown = seated(paged.seats)
    attempts = attempts_of(shown, assignments)
    rows = _rows(shown, assignments, attempts, presence, waiting, names)
    present = {student for student, _ in here}
    return Matrix(
        tuple(assignments),
        tuple(rows),
        tuple(_totals(assignments)),
        paged,
        len(students),
        len(present),
        requests,
    )


def rows_of(
    course_class: Class,
    assignments: Sequence[Assignment],
    enrollments: Collection[Enrollment],
    names: StudentNames = PLAIN_NAMES,
) -> list[MatrixRow]:
    """Return the rows of some students."""
    presence = presence_in(assignments)
    attempts = attempts_of(enrollments, assignments)
    waiting = _by_enrollment(waiting_in(course_class))
    return _rows(enrollments, assignments, attempts, presence, waiting, names)


def _worst(here: Mapping[tuple[int, int], Present], presence: Presence) -> dict[int, Stuck]:
    """Return who is stuck longest, by enrollment."""
    found: dict[int, Stuck] = {}
    for (enrollment, _), attempt in here.items():
        stuck = presence.stuck.get(attempt.pk)
        if stuck and (enrollment not in found or stuck.since < found[enrollment].since):
            found[enrollment] = stuck
    return found


def _rows(
    students: Collection[Enrollment],
    assignments: Sequence[Assignment],
    attempts: Attempts,
    presence: Presence,
    waiting: dict[int, HelpRequest],
    names: StudentNames,
) -> list[MatrixRow]:
    rows = []
    for one in students:
        cells = tuple(Cell(one, a, attempts.get((one.pk, a.pk))) for a in assignments)
        own = [cell.attempt.pk for cell in cells if cell.attempt]
        stuck = [presence.stuck[pk] for pk in own if pk in presence.stuck]
        rows.append(
            MatrixRow(
                one,
                names.of(one.user),
                cells,
                any(pk in presence.present for pk in own),
                min(stuck, key=lambda each: each.since, default=None),
                waiting.get(one.pk),
            )
        )
    return rows


def _totals(assignments: Sequence[Assignment]) -> list[Total]:
    """Return the totals; one query, and one more for the tasks of a single assignment."""
    counted = {
        row["assignment_id"]: row
        for row in current_attempts(assignments)
        .values("assignment_id")
        .annotate(begun=Count("pk"), finished=Count("finished_at"))
    }
    totals = []
    for one in assignments:
        row = counted.get(one.pk, {"begun": 0, "finished": 0})
        hidden = one.mode == Mode.EXAM and one.results_shown_at is None
        solved = _solved(one) if len(assignments) == 1 and not hidden else ()
        finished = 0 if hidden else row["finished"]
        totals.append(Total(one, row["begun"], finished, solved, hidden))
    return totals


def _solved(assignment: Assignment) -> tuple[int, ...]:
    """Return how many solved each task of an assignment."""
    lab, counted = find_lab(assignment.lab), Counter[int]()
    for states in current_attempts([assignment]).values_list("states", flat=True):
        counted.update(
            place for place, letter in enumerate(states) if letter == TaskState.SOLVED.letter
        )
    return tuple(counted[place] for place in range(len(lab.tasks) if lab else 0))
