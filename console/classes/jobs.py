"""What classes do later, and regularly."""

from datetime import timedelta

from django.contrib.auth.models import User
from django_tasks import task

from console.classes.copies import remove_old_copies
from console.classes.exams import exams_ahead, make_worlds, settle
from console.classes.models import Assignment
from console.classes.rechecks import recheck_assignment
from console.classes.roster.cards import drop_old_cards, hash_next
from console.queue.schedule import every

_AT_ONCE = 50


@task(queue_name="long")
def hash_cards() -> None:
    """Hash the passwords of login cards, until none waits."""
    while hash_next(_AT_ONCE):
        pass


@every(timedelta(hours=6))
@task
def forget_cards() -> None:
    """Forget the passwords of old cards."""
    drop_old_cards()


@every(timedelta(hours=1))
@task
def forget_copies() -> None:
    """Remove old copies of students' worlds."""
    remove_old_copies()


@task(queue_name="long")
def make_worlds_of(assignment_pk: int) -> int:
    """Make the worlds of an assignment's students who have none."""
    assignment = Assignment.objects.filter(pk=assignment_pk).first()
    return make_worlds(assignment) if assignment else 0


@every(timedelta(minutes=5))
@task(queue_name="long")
def make_worlds_of_exams() -> int:
    """Make the worlds of exams that open within a day, for students who joined lately, too."""
    return sum(make_worlds(one) for one in exams_ahead())


@every(timedelta(minutes=1))
@task
def settle_exams() -> int:
    """Judge exams that have ended."""
    return settle()


@task(queue_name="long")
def recheck_work_on(assignment_pk: int, student_pks: list[int] | None, by_pk: int) -> None:
    """Check what students did again by the lab as it is now, for a teacher; all, or some."""
    assignment = Assignment.objects.select_related("course_class").filter(pk=assignment_pk).first()
    students = None
    if assignment is not None and student_pks is not None:
        students = list(assignment.course_class.enrollments.filter(pk__in=student_pks))
    if assignment is not None:
        by = User.objects.filter(pk=by_pk).first()
        recheck_assignment(assignment, students, apply=True, by=by)
