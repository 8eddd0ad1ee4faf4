"""The class's own record of what its teachers did."""

from collections.abc import Iterable
from enum import StrEnum

from django.contrib.auth.models import AbstractBaseUser, AnonymousUser

from console.classes.models import AuditEntry, Class, Enrollment


class Deed(StrEnum):
    """What teachers do, in the words of the audit list: the same by a page and by the API."""

    ADDED_A_WEBHOOK = "added a webhook"
    ARCHIVED_IT = "archived it"
    ASSIGNED_LABS = "assigned labs"
    AWARDED_POINTS = "awarded points"
    BROUGHT_A_SIGNAL_BACK = "brought a signal back"
    BROUGHT_A_STUDENT_BACK = "brought a student back"
    BROUGHT_IT_BACK = "brought it back"
    CHANGED_AN_ASSIGNMENT = "changed an assignment"
    CHANGED_A_STUDENT = "changed a student"
    CHANGED_THE_JOIN_CODES_SETTINGS = "changed the join code's settings"
    CHANGED_THE_SETTINGS = "changed the settings"
    CHECKED_AGAIN = "checked again"
    DELETED_AN_ASSIGNMENT = "deleted an assignment"
    DELETED_A_SEEDING = "deleted a seeding"
    DELETED_WORLDS = "deleted worlds"
    DISMISSED_A_SIGNAL = "dismissed a signal"
    DISSOLVED_A_TEAM = "dissolved a team"
    EXPORTED_THE_CLASS = "exported the class"
    FORGOT_PRINTED_CARDS = "forgot printed cards"
    GRANTED_AN_EXTENSION = "granted an extension"
    HELPED = "helped"
    HID_RESULTS = "hid results"
    IMPORTED_A_ROSTER = "imported a roster"
    IMPORTED_THE_CLASS = "imported the class"
    MADE_ANOTHER_JOIN_CODE = "made another join code"
    MADE_A_TEAM = "made a team"
    MADE_THE_CLASS = "made the class"
    MOVED_A_STUDENT = "moved a student"
    OPENED_A_COPY = "opened a copy"
    REGISTERED_A_PLATFORM = "registered a platform"
    REMOVED_A_PLATFORM = "removed a platform"
    REMOVED_A_STUDENT = "removed a student"
    REMOVED_A_WEBHOOK = "removed a webhook"
    REMOVED_A_TEACHER = "removed a teacher"
    RENAMED_A_TEAM = "renamed a team"
    REOPENED_WORK = "reopened work"
    REORDERED_ASSIGNMENTS = "reordered assignments"
    RESET_A_LOGIN = "reset a password"
    RESET_A_WORLD = "reset a world"
    SEEDED_WORLDS = "seeded worlds"
    SEEDED_WORLDS_ANEW = "seeded worlds anew"
    SET_A_TEACHER = "set a teacher"
    SET_A_TEAM = "set a team"
    SHOWED_RESULTS = "showed results"
    TOOK_AN_AWARD_BACK = "took an award back"
    TOOK_AN_EXTENSION_BACK = "took an extension back"
    TOOK_STUDENTS_IN = "took students in"
    UNLOCKED_TASKS = "unlocked tasks"
    WARNED = "warned"
    WROTE_A_REMARK = "wrote a remark"
    WROTE_TO_A_STUDENT = "wrote to a student"
    WROTE_TO_EVERYBODY = "wrote to everybody"


_MOST = AuditEntry._meta.get_field("detail").max_length or 0


def note_action(
    course_class: Class,
    by: AbstractBaseUser | AnonymousUser | None,
    deed: Deed,
    detail: str = "",
    enrollment: Enrollment | None = None,
) -> None:
    """Write one line; what it is about stands in `detail`, labs by their titles."""
    _entry(course_class, by, deed, detail, enrollment).save()


def note_actions(
    course_class: Class,
    by: AbstractBaseUser | AnonymousUser | None,
    deed: Deed,
    enrollments: Iterable[Enrollment],
    detail: str = "",
) -> None:
    """Write a line for each of several students; one query."""
    AuditEntry.objects.bulk_create(
        [_entry(course_class, by, deed, detail, one) for one in enrollments]
    )


def _entry(
    course_class: Class,
    by: AbstractBaseUser | AnonymousUser | None,
    deed: Deed,
    detail: str,
    enrollment: Enrollment | None,
) -> AuditEntry:
    return AuditEntry(
        course_class=course_class,
        by_id=by.pk if by else None,
        action=deed,
        detail=detail[:_MOST],
        enrollment=enrollment,
    )
