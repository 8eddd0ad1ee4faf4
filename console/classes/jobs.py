"""What classes do later, and regularly."""

from datetime import timedelta
from typing import Any

from django.contrib.auth.models import User
from django_tasks import task

from console.classes.bulk import Award, BulkAction, perform_bulk
from console.classes.copies import remove_old_copies
from console.classes.copying import look_for_signals
from console.classes.exams import settle
from console.classes.models import Assignment, Class, ClassWorld, Seeding
from console.classes.rechecks import recheck_assignment
from console.classes.retention import clear, clear_class, warn
from console.classes.roster.cards import drop_old_cards, hash_next
from console.classes.seeding.beforehand import assignments_ahead, make_worlds
from console.classes.seeding.due import due_seedings
from console.classes.seeding.worlds import (
    delete_seeding,
    delete_worlds,
    make_next,
)
from console.classes.transfer import remove_abandoned
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
    """Make the worlds of an assignment's students who have none, some at a time."""
    assignment = Assignment.objects.filter(pk=assignment_pk).first()
    made = make_worlds(assignment, _AT_ONCE) if assignment else 0
    if made == _AT_ONCE:
        make_worlds_of.enqueue(assignment_pk)
    return made


@task(queue_name="long")
def make_worlds_of_seeding(seeding_pk: int) -> None:
    """Make the worlds of a seeding for those who have none, some at a time."""
    seeding = Seeding.objects.filter(pk=seeding_pk).first()
    if seeding and make_next(seeding, _AT_ONCE):
        make_worlds_of_seeding.enqueue(seeding_pk)


@task(queue_name="long")
def delete_class_worlds(seeding_pk: int, world_pks: list[int], anew: bool) -> None:
    """Delete worlds of a seeding, some at a time; with `anew` their students get others then."""
    worlds = ClassWorld.objects.filter(seeding=seeding_pk, pk__in=world_pks[:_AT_ONCE])
    delete_worlds(worlds, anew=anew)
    if world_pks[_AT_ONCE:]:
        delete_class_worlds.enqueue(seeding_pk, world_pks[_AT_ONCE:], anew)
    elif anew:
        make_worlds_of_seeding.enqueue(seeding_pk)


@task(queue_name="long")
def drop_seeding(seeding_pk: int) -> None:
    """Delete a seeding with all its worlds."""
    seeding = Seeding.objects.filter(pk=seeding_pk).first()
    if seeding is not None:
        delete_seeding(seeding)


@every(timedelta(minutes=1))
@task(queue_name="long")
def make_worlds_ahead() -> None:
    """Make the worlds that are due: where an assignment opens, and for students who came lately."""
    for seeding in due_seedings():
        while make_next(seeding, _AT_ONCE):
            pass
    for assignment in assignments_ahead():
        while make_worlds(assignment, _AT_ONCE):
            pass


@task(queue_name="long")
def welcome_students(class_pk: int) -> None:
    """Make the worlds of students who have just come into a class."""
    for seeding in due_seedings().filter(course_class=class_pk):
        make_next(seeding, _AT_ONCE)
    for assignment in assignments_ahead().filter(course_class=class_pk):
        make_worlds(assignment, _AT_ONCE)


def expect_students(course_class: Class) -> None:
    """Have worlds made for new students where their class has some for each."""
    ahead = assignments_ahead().filter(course_class=course_class)
    if course_class.seedings.exists() or ahead.exists():
        welcome_students.enqueue(course_class.pk)


@every(timedelta(minutes=1))
@task
def settle_exams() -> int:
    """Judge exams that have ended."""
    return settle()


@task(queue_name="long")
def perform_bulk_action(
    assignment_pk: int,
    student_pks: list[int],
    action: str,
    award: dict[str, Any] | None,
    by_pk: int | None,
) -> int:
    """Do a teacher's action with the work of many students."""
    assignment = Assignment.objects.select_related("course_class").filter(pk=assignment_pk).first()
    if assignment is None:
        return 0
    students = assignment.course_class.enrollments.filter(pk__in=student_pks)
    return perform_bulk(
        assignment,
        list(students.order_by("pk")),
        BulkAction(action),
        by=User.objects.filter(pk=by_pk or 0).first(),
        award=Award.unpacked(award) if award else None,
    )


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


@every(timedelta(minutes=5))
@task(queue_name="long")
def look_for_copying() -> int:
    """Look through new calls and solved tasks for signals of copying."""
    return look_for_signals()


@task(queue_name="long")
def delete_worlds_of_class(class_pk: int, by_pk: int) -> None:
    """Delete the worlds of a class that was archived, for who asked for it."""
    course_class = Class.objects.filter(pk=class_pk).exclude(archived_at=None).first()
    if course_class is not None:
        clear_class(course_class, User.objects.filter(pk=by_pk).first())


@every(timedelta(hours=1))
@task(queue_name="long")
def end_classes() -> int:
    """Warn classes whose day is near, and delete the worlds of those whose day has come."""
    remove_abandoned()
    warn()
    return clear()
