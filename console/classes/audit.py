"""The class's own record of what its teachers did."""

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
    AuditEntry.objects.create(
        course_class=course_class,
        by_id=by.pk if by else None,
        action=action,
        detail=detail[:_MOST],
        enrollment=enrollment,
    )
