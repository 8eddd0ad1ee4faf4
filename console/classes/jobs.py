"""What classes do later, and regularly."""

from datetime import timedelta

from django_tasks import task

from console.classes.copies import remove_old_copies
from console.classes.exams import exams_ahead, make_worlds, settle
from console.classes.models import Assignment
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
