"""What the token's user sees of classes; what is missing and what is not theirs is the same."""

from dataclasses import dataclass

from django.contrib.auth.models import User

from console.api.http.problems import NotThere, NotYours
from console.classes.access import (
    enrollment_of,
    includes,
    taught_class,
    taught_student,
    what_is_missing,
)
from console.classes.models import Assignment, Class, Enrollment, TeachingRole


@dataclass(frozen=True)
class SeenClass:
    """A class with what its viewer is in it: a `role` of a teacher, or an `enrollment`."""

    course_class: Class
    role: TeachingRole | None = None
    enrollment: Enrollment | None = None
    students: int | None = None

    @property
    def viewer(self) -> str:
        return self.role.value if self.role else "student"

    @property
    def details(self) -> Class | None:
        """Return the class for what teachers alone see of it."""
        return self.course_class if self.role else None


def seen_class(user: User, class_id: str) -> SeenClass:
    """Return a class that somebody teaches or is a student of; raises NotThere."""
    found = taught_class(user, class_id)
    if found is not None:
        return SeenClass(*found)
    enrollment = enrollment_of(user, class_id)
    if enrollment is None:
        raise NotThere
    return SeenClass(enrollment.course_class, enrollment=enrollment)


def class_taught(
    user: User,
    class_id: str,
    least: TeachingRole = TeachingRole.OBSERVER,
    *,
    archived: bool = False,
) -> Class:
    """Return a class that somebody teaches at least so.

    Raises NotThere for others, and NotYours for a teacher whose role is not enough, or where the
    class is archived and nothing changes it.
    """
    found = taught_class(user, class_id, archived=archived)
    if found is None:
        raise NotThere
    course_class, role = found
    if includes(role, least):
        return course_class
    sentence = what_is_missing(course_class, role, least)
    is_archived = course_class.archived_at is not None and not archived
    raise NotYours(sentence) if is_archived else NotYours(sentence, "role_missing")


def assignment_in(course_class: Class, assignment_id: str) -> Assignment:
    """Return an assignment of a class; raises NotThere."""
    rows = Assignment.objects.select_related("course_class", "version")
    found = rows.filter(course_class=course_class, public_id=assignment_id).first()
    if found is None:
        raise NotThere
    return found


def student_in(course_class: Class, student_id: str) -> Enrollment:
    """Return a student of a class, also one who was removed; raises NotThere."""
    found = taught_student(course_class, student_id)
    if found is None:
        raise NotThere
    return found
