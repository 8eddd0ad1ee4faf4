"""Points now and at the due date, by tables of cases whose values are worked out by hand."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest

from console.classes.models import Grade, Override
from console.classes.scores import after_lateness, days_late, scores_of
from console.labs.attempts import Terms, packed_terms
from console.labs.attempts.storage import levels_after, solves_of
from console.labs.models import Attempt, Solve
from iam.models import Sandbox
from tests.classes.working import assign

pytestmark = pytest.mark.django_db
# external-id has two tasks: attack for 30 points, fix for 70.
LAB, DUE = "external-id", datetime(2026, 3, 2, 12, tzinfo=UTC)
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
CLOSE = DUE + 5 * DAY


def worked(enrollment, assignment, solved, parts=None, **terms):
    """Return an attempt in which tasks were solved so far from the due date, without a world."""
    attempt = Attempt.objects.create(
        owner=enrollment.user,
        sandbox=Sandbox.objects.create(owner=enrollment.user),
        lab=LAB,
        assignment=assignment,
        parts={
            task: [[points, (DUE + away).isoformat()] for points, away in levels]
            for task, levels in (parts or {}).items()
        },
        terms=packed_terms(
            Terms(**{"mode": assignment.mode, "due": DUE, "closes": CLOSE, **terms})
        ),
    )
    for task, points, away in solved:
        row = Solve.objects.create(attempt=attempt, task=task, points=points)
        Solve.objects.filter(pk=row.pk).update(at=DUE + away)
    return attempt


def score(assignment, enrollment):
    return scores_of([assignment], [enrollment])[assignment.pk, enrollment.pk]


@pytest.mark.parametrize(
    ("away", "days"),
    [
        (-DAY, 0),
        (timedelta(), 0),
        (timedelta(seconds=1), 1),
        (DAY, 1),
        (DAY + MINUTE, 2),
        (3 * DAY, 3),
    ],
)
def test_a_day_late_counts_once_it_has_begun(away, days):
    assert days_late(DUE + away, DUE) == days
    assert days_late(DUE + away, None) == 0


@pytest.mark.parametrize(
    ("points", "days", "percent", "left"),
    [
        (70, 0, 10, "70"),
        (70, 3, 0, "70"),
        (70, 1, 10, "63"),
        (70, 3, 10, "49"),
        (30, 1, 33, "20.1"),
        (7, 1, 33, "4.69"),
        (70, 10, 10, "0"),
        (70, 11, 10, "0"),
        (70, 1, 100, "0"),
    ],
)
def test_so_much_is_left_of_points(points, days, percent, left):
    assert after_lateness(points, days, percent) == Decimal(left)


@pytest.mark.parametrize(
    ("percent", "solved", "now", "at_due"),
    [
        # nothing comes off unless the teacher says so
        (0, [("attack", 30, -HOUR), ("fix", 70, 2 * DAY)], 100, 30),
        (10, [("attack", 30, -HOUR), ("fix", 70, -HOUR)], 100, 100),
        # fix a day and a bit late: 70 less 20 %
        (10, [("attack", 30, -HOUR), ("fix", 70, DAY + HOUR)], 86, 30),
        (10, [("attack", 25, HOUR), ("fix", 70, HOUR)], Decimal("85.5"), 0),
        (50, [("fix", 70, 3 * DAY)], 0, 0),
        # after the close it is kept, and counts nothing
        (0, [("attack", 30, -HOUR), ("fix", 70, 6 * DAY)], 30, 30),
        (0, [], 0, 0),
    ],
)
def test_points_now_and_at_the_due_date(course_class, sam, percent, solved, now, at_due):
    assignment = assign(course_class, LAB, late_percent=percent)
    worked(sam, assignment, solved)
    found = score(assignment, sam)
    assert (found.points, found.at_due, found.most) == (now, at_due, 100)


@pytest.mark.parametrize(
    ("levels", "solve", "now", "at_due"),
    [
        ([(20, -HOUR)], None, 20, 20),
        ([(20, -HOUR), (40, HOUR)], None, 38, 20),
        ([(20, HOUR), (40, DAY + HOUR)], None, 34, 0),
        # solved late: what was reached on time stays on time
        ([(20, -HOUR), (70, HOUR)], HOUR, 65, 20),
        # the rest came after the close
        ([(20, -HOUR)], 6 * DAY, 20, 20),
    ],
)
def test_each_part_of_a_task_has_the_time_when_it_was_reached(
    course_class, sam, levels, solve, now, at_due
):
    """10 % come off a day."""
    assignment = assign(course_class, LAB, late_percent=10)
    solved = [("fix", 70, solve)] if solve else []
    worked(sam, assignment, solved, {"fix": levels})
    found = score(assignment, sam)
    assert (found.points, found.at_due) == (now, at_due)


@pytest.mark.parametrize(
    ("before", "points", "after"),
    [
        ([], 0, []),
        ([], 20, [[20, "now"]]),
        ([[20, "a"]], 20, [[20, "a"]]),
        ([[20, "a"]], 40, [[20, "a"], [40, "now"]]),
        ([[20, "a"], [40, "b"]], 20, [[20, "a"]]),
        ([[20, "a"], [40, "b"]], 30, [[20, "a"], [30, "b"]]),
        ([[20, "a"], [40, "b"]], 0, []),
    ],
)
def testlevels_after_rise_with_the_time_and_fall_without_one(before, points, after):
    assert levels_after(before, points, "now") == after


@pytest.mark.parametrize(
    ("grade", "counts"),
    [(Grade.BEST, 70), (Grade.LAST, 30), (Grade.FIRST, 25)],
)
def test_of_several_attempts_one_counts(course_class, sam, grade, counts):
    assignment = assign(course_class, LAB, grade=grade)
    for solved in ([("attack", 25, -DAY)], [("fix", 70, -HOUR)], [("attack", 30, -MINUTE)]):
        Attempt.objects.update(set_aside=True)
        worked(sam, assignment, solved)
    found = score(assignment, sam)
    assert (found.points, found.tries) == (counts, 3)


def test_the_best_is_the_one_that_brings_most_after_lateness(course_class, sam):
    assignment = assign(course_class, LAB, grade=Grade.BEST, late_percent=90)
    worked(sam, assignment, [("attack", 30, -HOUR)])
    Attempt.objects.update(set_aside=True)
    worked(sam, assignment, [("attack", 30, HOUR), ("fix", 70, HOUR)])
    assert score(assignment, sam).points == 30


@pytest.mark.parametrize(
    ("awards", "now", "at_due"),
    [
        # attack 30 on time, fix 70 late by a day: 63
        ({}, 93, 30),
        ({"fix": 70}, 100, 100),
        ({"fix": 0}, 30, 30),
        ({"attack": 10}, 73, 10),
        ({"": 50}, 50, 50),
        ({"": 50, "fix": 70}, 50, 50),
    ],
)
def test_an_award_wins_now_and_at_the_due_date(course_class, sam, awards, now, at_due):
    assignment = assign(course_class, LAB, late_percent=10)
    worked(sam, assignment, [("attack", 30, -HOUR), ("fix", 70, HOUR)])
    for task, points in awards.items():
        Override.objects.create(assignment=assignment, enrollment=sam, task=task, points=points)
    found = score(assignment, sam)
    assert (found.points, found.at_due) == (now, at_due)


@pytest.mark.parametrize(
    ("handed_in", "solved_after", "counts"),
    [(None, HOUR, 100), (-HOUR, HOUR, 30), (2 * HOUR, HOUR, 100)],
)
def test_after_handing_in_nothing_counts(course_class, sam, handed_in, solved_after, counts):
    assignment = assign(course_class, LAB)
    when = DUE + handed_in if handed_in else None
    solved = [("attack", 30, -DAY), ("fix", 70, solved_after)]
    worked(sam, assignment, solved, handed_in=when)
    found = score(assignment, sam)
    assert (found.points, found.worked_after_close) == (counts, counts == 30)


def test_what_was_solved_is_in_the_order_in_which_it_was(course_class, sam):
    attempt = worked(sam, assign(course_class, LAB), [("fix", 70, -HOUR), ("attack", 30, -MINUTE)])
    assert list(solves_of(attempt)) == ["fix", "attack"]
