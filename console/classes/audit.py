"""The class's own record of what its teachers did."""

from collections.abc import Iterable

from django.contrib.auth.models import AbstractBaseUser, AnonymousUser

from console.classes.models import AuditEntry, Class, Enrollment

_MOST = AuditEntry._meta.get_field("detail").max_length or 0


def note_action(
    course_class: Class,
    by: AbstractBaseUser | AnonymousUser | None,
    action: str,
    detail: str = "",
    enrollment: Enrollment | None = None,
) -> None:
    """Write one line; `action` is a few words such as *imported roster*, `detail` a sentence."""
    _entry(course_class, by, action, detail, enrollment).save()


def note_actions(
    course_class: Class,
    by: AbstractBaseUser | AnonymousUser | None,
    action: str,
    enrollments: Iterable[Enrollment],
    detail: str = "",
) -> None:
    """Write a line for each of several students; one query."""
    AuditEntry.objects.bulk_create(
        [_entry(course_class, by, action, detail, one) for one in enrollments]
    )


def _entry(
    course_class: Class,
    by: AbstractBaseUser | AnonymousUser | None,
    action: str,
    detail: str,
    enrollment: Enrollment | None,
) -> AuditEntry:
    return AuditEntry(
        course_class=course_class,
        by_id=by.pk if by else None,
        action=action,
        detail=detail[:_MOST],
        enrollment=enrollment,
    )
