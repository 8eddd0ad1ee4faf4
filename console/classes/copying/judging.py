"""Signals as teachers see them, and what teachers make of them."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.contrib.auth.models import AbstractBaseUser, AnonymousUser
from django.utils import timezone

from console.classes.access import attempts_in
from console.classes.audit import Deed, note_action
from console.classes.models import Class, CopySignal, Enrollment, SignalType
from console.classes.student_names import StudentNames, names_in
from console.labs.catalog import lab_title
from console.labs.files import LabFile
from console.labs.lab_versions import lab_of
from console.labs.models import Attempt

MOST = 200


@dataclass(frozen=True)
class SignalView:
    """A signal in words; `student` and `other` are None where somebody left the class for good."""

    signal: CopySignal
    student: Enrollment | None
    other: Enrollment | None
    who: str
    whose: str
    lab: str
    task: str

    @property
    def is_fast(self) -> bool:
        return self.signal.type == SignalType.FAST

    @property
    def took_words(self) -> str:
        return _in_words(self.signal.seconds or 0)

    @property
    def floor_words(self) -> str:
        return _in_words(self.signal.floor or 0)

    @property
    def note_id(self) -> str:
        return f"note-{self.signal.pk}"


def _in_words(seconds: int) -> str:
    minutes, rest = divmod(seconds, 60)
    return f"{minutes} min {rest} s" if minutes else f"{rest} s"


def _name(attempt: Attempt | None, students: dict[int, Enrollment], names: StudentNames) -> str:
    if attempt is None:
        return "a student whose work is deleted"
    student = students.get(attempt.owner_id)
    if attempt.team_id and attempt.team:
        return f"team {attempt.team.name}"
    return names.of(student.user) if student else attempt.owner.get_username()


def _task(lab: LabFile | None, signal: CopySignal) -> str:
    titles = {task.id: task.title for task in lab.tasks} if lab else {}
    return titles.get(signal.value, signal.value)


def signals_of(course_class: Class, enrollment: Enrollment | None = None) -> list[SignalView]:
    """Return a class's signals, or one student's, the newest first; three queries."""
    rows = CopySignal.objects.filter(attempt__assignment__course_class=course_class)
    if enrollment is not None:
        rows = rows.filter(attempt__in=attempts_in(enrollment).values("pk"))
    found = rows.select_related(
        "attempt__owner", "attempt__team", "attempt__version", "source__owner", "source__team",
        "dismissed_by__profile",
    ).order_by("dismissed_at", "-at", "-pk")[:MOST]  # fmt: skip
    return _views(course_class, found)


def _views(course_class: Class, found: Iterable[CopySignal]) -> list[SignalView]:
    signals = list(found)
    if not signals:
        return []
    enrollments = Enrollment.objects.filter(course_class=course_class)
    students = {one.user_id: one for one in enrollments.select_related("user__profile")}
    names, views = names_in(course_class), []
    for one in signals:
        lab = lab_of(one.attempt)
        views.append(
            SignalView(
                one,
                students.get(one.attempt.owner_id),
                students.get(one.source.owner_id) if one.source else None,
                _name(one.attempt, students, names),
                _name(one.source, students, names),
                lab.title if lab else one.attempt.lab,
                _task(lab, one),
            )
        )
    return views


def _noted(
    course_class: Class, by: AbstractBaseUser | AnonymousUser, deed: Deed, one: CopySignal
) -> None:
    student = Enrollment.objects.filter(course_class=course_class, user=one.attempt.owner_id)
    detail = (
        f"{lab_title(one.attempt.lab)}, {one.get_type_display().lower()}: {one.value}. {one.note}"
    )
    note_action(course_class, by, deed, detail, student.first())


def dismiss(
    course_class: Class, signal: CopySignal, by: AbstractBaseUser | AnonymousUser, note: str
) -> None:
    """Take a signal off the list, with what the teacher found out."""
    signal.dismissed_at, signal.dismissed_by_id, signal.note = timezone.now(), by.pk, note
    signal.save(update_fields=["dismissed_at", "dismissed_by", "note"])
    _noted(course_class, by, Deed.DISMISSED_A_SIGNAL, signal)


def restore(course_class: Class, signal: CopySignal, by: AbstractBaseUser | AnonymousUser) -> None:
    """Put a dismissed signal back onto the list; its note stays."""
    signal.dismissed_at = None
    signal.save(update_fields=["dismissed_at"])
    _noted(course_class, by, Deed.BROUGHT_A_SIGNAL_BACK, signal)
