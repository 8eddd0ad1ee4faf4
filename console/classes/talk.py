"""What passes between a student's drawer and the teachers: help, answers, messages."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from django.contrib.auth.models import AbstractBaseUser, AnonymousUser
from django.db import IntegrityError, transaction
from django.db.models import F, Q
from django.utils import timezone

from console.classes.models import Class, Enrollment, HelpRequest, Message
from console.labs.attempts import raise_version, terms_of
from console.labs.models import Attempt

_SHOWN_FOR = timedelta(hours=3)
_OF_ONE_SHOWN_FOR = timedelta(days=7)
"""A message to one student may answer somebody who comes back another day."""
_MOST_SHOWN = 5


@dataclass(frozen=True)
class Talk:
    """What an attempt's drawer shows of the class."""

    enrollment: Enrollment
    help: HelpRequest | None
    messages: Sequence[Message]


def enrollment_in(
    attempt: Attempt, user: AbstractBaseUser | AnonymousUser | None = None
) -> Enrollment | None:
    """Return the student that an attempt of a class is of: the member that a user is, if one."""
    if attempt.assignment_id is None:
        return None
    rows = Enrollment.objects.filter(
        course_class__assignments=attempt.assignment_id, removed_at=None
    )
    if user is not None and user.pk and user.pk != attempt.owner_id:
        member = rows.filter(user_id=user.pk, team=attempt.team_id).exclude(team=None).first()
        if member is not None:
            return member
    return rows.filter(user_id=attempt.owner_id).first()


def talk_of(attempt: Attempt, user: AbstractBaseUser | AnonymousUser) -> Talk | None:
    """Return what a drawer shows of the class; None outside of one."""
    enrollment = enrollment_in(attempt, user)
    if enrollment is None:
        return None
    messages = Message.objects.filter(
        _shown_in(attempt, enrollment),
        course_class_id=enrollment.course_class_id,
        at__gt=enrollment.joined_at,
    ).select_related("by__profile")
    waiting = HelpRequest.objects.filter(attempt=attempt, enrollment=enrollment, done_at=None)
    return Talk(enrollment, waiting.first(), list(messages.order_by("-pk")[:_MOST_SHOWN]))


def _shown_in(attempt: Attempt, enrollment: Enrollment) -> Q:
    """Return which messages a drawer shows: to all for hours, to one student for days.

    What is said while an exam is open stands there until it ends for the student.
    """
    terms, now = terms_of(attempt), timezone.now()
    since_all, since_one = now - _SHOWN_FOR, now - _OF_ONE_SHOWN_FOR
    if terms.is_exam and not terms.is_over:
        opened = terms.opens or attempt.started_at
        since_all, since_one = min(since_all, opened), min(since_one, opened)
    return Q(enrollment=None, at__gt=since_all) | Q(enrollment=enrollment, at__gt=since_one)


def ask_for_help(attempt: Attempt, enrollment: Enrollment, text: str) -> None:
    """Ask the teachers; who asks again while waiting changes the text."""
    try:
        with transaction.atomic():
            HelpRequest.objects.create(enrollment=enrollment, attempt=attempt, text=text[:500])
    except IntegrityError:
        HelpRequest.objects.filter(enrollment=enrollment, attempt=attempt, done_at=None).update(
            text=text[:500]
        )
    raise_version(attempt)


def end_help(waiting: Sequence[HelpRequest], by: AbstractBaseUser | AnonymousUser) -> None:
    """Let requests wait no longer: a teacher has helped, or the student needs no help."""
    for one in waiting:
        HelpRequest.objects.filter(pk=one.pk, done_at=None).update(
            done_at=timezone.now(), done_by_id=by.pk
        )
        raise_version(one.attempt)


def send_message(
    course_class: Class,
    by: AbstractBaseUser | AnonymousUser,
    text: str,
    *,
    enrollment: Enrollment | None = None,
    lab: str = "",
) -> Message:
    """Say something into the open drawers of one student, or of the whole class."""
    message = Message.objects.create(
        course_class=course_class, enrollment=enrollment, text=text, lab=lab, by_id=by.pk
    )
    attempts = Attempt.objects.filter(
        assignment__course_class=course_class, set_aside=False, withdrawn=False
    )
    if enrollment is not None:
        own = Q(owner=enrollment.user_id)
        if enrollment.team_id:
            own |= Q(team=enrollment.team_id)
        attempts = attempts.filter(own)
    attempts.update(seq=F("seq") + 1)
    return message
