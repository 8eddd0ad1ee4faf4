"""What students have in a class: points now and when they were due, and what teachers award."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal

from django.db.models import Q

from console.classes.models import Assignment, Enrollment, Grade, Override
from console.classes.work import lab_of_assignment
from console.labs.attempts import Terms, terms_of
from console.labs.files import Task
from console.labs.lab_versions import lab_of
from console.labs.models import Attempt, Solve

_CENT = Decimal("0.01")
_DAY = timedelta(days=1)
_LAST_CALL = timedelta(seconds=5)
"""How long after the end the checks of the last change may take."""


@dataclass(frozen=True)
class TaskScore:
    """A task of the attempt that counts: its points, for which a teacher's award wins.

    `at_due` are those that counted at the due date.
    """

    task: str
    points: Decimal
    most: int
    at_due: Decimal = Decimal()
    solved_at: datetime | None = None
    late_days: int = 0
    after_close: bool = False
    awarded: bool = False


@dataclass(frozen=True)
class Score:
    """A student's points in one assignment. `attempt` is the one that counts, if any is begun.

    `points` are those that count now, `at_due` those that counted at the due date. Work is `late`
    where something was solved after that; after the close it is kept, and counts nothing.
    """

    attempt: Attempt | None
    points: Decimal
    at_due: Decimal
    most: int
    tasks: tuple[TaskScore, ...] = ()
    tries: int = 0
    awarded: bool = False

    @property
    def terms(self) -> Terms:
        return terms_of(self.attempt) if self.attempt else Terms()

    @property
    def late(self) -> bool:
        return any(one.late_days for one in self.tasks)

    @property
    def worked_after_close(self) -> bool:
        return any(one.after_close for one in self.tasks)

    @property
    def solved(self) -> int:
        return sum(one.solved_at is not None and not one.after_close for one in self.tasks)


def days_late(at: datetime, due: datetime | None) -> int:
    """Return the days after the due date that have begun."""
    if due is None or at <= due:
        return 0
    return -((due - at) // _DAY)


def after_lateness(points: int, days: int, percent: int) -> Decimal:
    """Return the points that are left when so much comes off for each day."""
    left = max(0, 100 - percent * days)
    return (Decimal(points) * left / 100).quantize(_CENT, ROUND_HALF_UP)


@dataclass
class _Rows:
    """The rows that scores are made of, read once for any number of students."""

    attempts: dict[tuple[int, int], list[Attempt]] = field(default_factory=dict)
    of_teams: dict[tuple[int, int], list[Attempt]] = field(default_factory=dict)
    solves: dict[int, dict[str, Solve]] = field(default_factory=dict)
    awards: dict[tuple[int, int], dict[str, Decimal]] = field(default_factory=dict)


def _read(assignments: Collection[Assignment], enrollments: Collection[Enrollment]) -> _Rows:
    """Read attempts, solved tasks and awards; three queries.

    Attempts are found by who works: by assignments, SQLite would read the whole class's.
    """
    rows, keys = _Rows(), []
    users = [one.user_id for one in enrollments]
    teams = {one.team_id for one in enrollments} - {None}
    wanted, counted = Q(owner__in=users) | Q(team__in=teams), {one.pk for one in assignments}
    begun = Attempt.objects.filter(wanted, waits=False).exclude(assignment=None)
    for attempt in begun.defer("results", "start", "missing").order_by("pk"):
        assignment = attempt.assignment_id or 0
        if assignment not in counted:
            continue
        keys.append(attempt.pk)
        if attempt.team_id:
            rows.of_teams.setdefault((assignment, attempt.team_id), []).append(attempt)
        else:
            rows.attempts.setdefault((assignment, attempt.owner_id), []).append(attempt)
    for solve in Solve.objects.filter(attempt__in=keys):
        rows.solves.setdefault(solve.attempt_id, {})[solve.task] = solve
    for award in Override.objects.filter(assignment__in=assignments, enrollment__in=enrollments):
        key = (award.assignment_id, award.enrollment_id)
        rows.awards.setdefault(key, {})[award.task] = award.points
    return rows


def _reached(attempt: Attempt, task: str, solve: Solve | None) -> list[tuple[int, datetime]]:
    """Return what a task brought and when: at once, or of a `partial` one part by part."""
    levels = attempt.parts.get(task)
    if not levels:
        return [(solve.points, solve.at)] if solve else []
    below = [0, *(points for points, _ in levels)]
    return [
        (points - less, datetime.fromisoformat(at))
        for (points, at), less in zip(levels, below, strict=False)
    ]


def _of_task(
    assignment: Assignment, attempt: Attempt, task: Task, solve: Solve | None
) -> TaskScore:
    """Return the score of one task: after the close nothing counts, each day late takes some off.

    What was on time of a task that was finished late stays on time.
    """
    terms, points, at_due, late = terms_of(attempt), Decimal(), Decimal(), 0
    last = terms.end + _LAST_CALL if terms.end and not terms.is_exam else None
    for brought, at in _reached(attempt, task.id, solve):
        if last is not None and at > last:
            continue
        days = days_late(at, terms.due)
        counted = after_lateness(brought, days, assignment.late_percent)
        points += counted
        at_due += 0 if days else counted
        late = max(late, days)
    closed = bool(solve and last and solve.at > last)
    solved_at = solve.at if solve else None
    return TaskScore(task.id, points, task.points, at_due, solved_at, late, closed)


def _of_attempt(assignment: Assignment, attempt: Attempt, solves: dict[str, Solve]) -> Score:
    """Return the score of one attempt, before awards."""
    lab = lab_of(attempt)
    if lab is None:
        return Score(attempt, Decimal(attempt.points), Decimal(attempt.points), attempt.points)
    tasks = [_of_task(assignment, attempt, one, solves.get(one.id)) for one in lab.tasks]
    points, at_due = sum(one.points for one in tasks), sum(one.at_due for one in tasks)
    most = sum(task.points for task in lab.tasks)
    return Score(attempt, Decimal(points), Decimal(at_due), most, tuple(tasks))


def _chosen(assignment: Assignment, scores: list[Score]) -> Score | None:
    """Return the attempt that counts: the best, the first or the last one."""
    if not scores or assignment.grade == Grade.FIRST:
        return scores[0] if scores else None
    if assignment.grade == Grade.LAST:
        return scores[-1]
    return max(scores, key=lambda one: (one.points, one.attempt.pk if one.attempt else 0))


def _awarded(score: Score, awards: dict[str, Decimal]) -> Score:
    """Return a score with what a teacher awards: that always wins."""
    if not awards:
        return score
    tasks = tuple(
        replace(one, points=awards[one.task], at_due=awards[one.task], late_days=0, awarded=True)
        if one.task in awards
        else one
        for one in score.tasks
    )
    points = awards.get("", Decimal(sum(one.points for one in tasks)))
    at_due = awards.get("", Decimal(sum(one.at_due for one in tasks)))
    return replace(score, points=points, at_due=at_due, tasks=tasks, awarded=True)


def _nothing(assignment: Assignment) -> Score:
    lab = lab_of_assignment(assignment)
    tasks = tuple(TaskScore(one.id, Decimal(), one.points) for one in lab.tasks) if lab else ()
    return Score(None, Decimal(), Decimal(), sum(one.most for one in tasks), tasks)


def scores_of(
    assignments: Iterable[Assignment], enrollments: Collection[Enrollment]
) -> dict[tuple[int, int], Score]:
    """Return the scores by assignment and enrollment; three queries, however many there are."""
    known = list(assignments)
    rows, found = _read(known, enrollments), {}
    for assignment in known:
        nothing = _nothing(assignment)
        for enrollment in enrollments:
            attempts = [
                *rows.attempts.get((assignment.pk, enrollment.user_id), ()),
                *rows.of_teams.get((assignment.pk, enrollment.team_id or 0), ()),
            ]
            scores = [_of_attempt(assignment, one, rows.solves.get(one.pk, {})) for one in attempts]
            chosen = _chosen(assignment, scores) or nothing
            counted = replace(chosen, tries=len(scores))
            awards = rows.awards.get((assignment.pk, enrollment.pk), {})
            found[assignment.pk, enrollment.pk] = _awarded(counted, awards)
    return found
