"""Joining a class by its code."""

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone

from console.classes.jobs import expect_students
from console.classes.models import Class, Enrollment, EnrollmentSource
from console.classes.models.classes import new_join_code
from console.labs.guests import become_student


def tidy_code(typed: str) -> str:
    """Return a join code as it is stored: capitals, without what people type between."""
    return "".join(letter for letter in typed.upper() if letter.isalnum())[:8]


def class_by_code(typed: str) -> Class | None:
    """Return the class that a code opens now."""
    found = Class.objects.filter(join_code=tidy_code(typed), join_open=True, archived_at=None)
    course_class = found.first()
    until = course_class and course_class.join_until
    return None if until and until <= timezone.now() else course_class


def join_class(
    user: User, course_class: Class, source: EnrollmentSource = EnrollmentSource.CODE
) -> Enrollment | None:
    """Let somebody be a student of a class; None for one whom a teacher removed.

    A guest who joins is a student from now on. Worlds that the class has for each are made.
    """
    with transaction.atomic():
        enrollment, _ = Enrollment.objects.get_or_create(
            course_class=course_class, user=user, defaults={"source": source}
        )
        if enrollment.removed_at is not None:
            return None
        become_student(user)
        expect_students(course_class)
    return enrollment


def rotate_code(course_class: Class) -> None:
    """Give a class another code; the old one opens nothing any more."""
    course_class.join_code = new_join_code()
    course_class.save(update_fields=["join_code"])
