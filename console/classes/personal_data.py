"""What is stored of one person, in classes too: to take along, and to delete."""

from typing import Any

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import Q

from console.classes.copies import remove_copies_of
from console.classes.models import Enrollment, Mode, Teaching
from console.labs.attempts import data_of, delete_work
from console.tokens.issuing import tokens_of
from iam.models import Sandbox

_SHOWN = ~Q(assignment__mode=Mode.EXAM) | Q(assignment__results_shown_at__isnull=False)
"""Of an exam whose results nobody knows yet nothing is shown."""


def personal_data_of(user: User) -> dict[str, Any]:
    """Return everything that is stored of a person as JSON: work, classes, what teachers wrote."""
    enrollments = Enrollment.objects.filter(user=user).select_related("course_class", "team")
    teachings = Teaching.objects.filter(user=user).select_related("course_class")
    return {
        **data_of(user),
        "last_login": user.last_login.isoformat() if user.last_login else None,
        "classes": [_class_data(one) for one in enrollments.order_by("pk")],
        "teaches": [
            {"class": one.course_class.name, "role": one.role} for one in teachings.order_by("pk")
        ],
        "tokens": [
            {
                "name": one.name,
                "scopes": one.scopes,
                "made": one.made_at.isoformat(),
                "last_used": one.last_used_at.isoformat() if one.last_used_at else None,
                "expires": one.expires_at.isoformat(),
                "revoked": one.revoked_at.isoformat() if one.revoked_at else None,
            }
            for one in tokens_of(user)
        ],
    }


def _class_data(enrollment: Enrollment) -> dict[str, Any]:
    removed = enrollment.removed_at
    return {
        "class": enrollment.course_class.name,
        "reference": enrollment.reference,
        "team": enrollment.team.name if enrollment.team else None,
        "joined": enrollment.joined_at.isoformat(),
        "left": removed.isoformat() if removed else None,
        "extra_time_percent": enrollment.extra_time,
        "awarded": [
            {"lab": one.assignment.lab, "task": one.task, "points": str(one.points)}
            for one in enrollment.overrides.filter(_SHOWN).select_related("assignment")
        ],
        "remarks": [
            {"lab": one.assignment.lab, "text": one.text, "at": one.at.isoformat()}
            for one in enrollment.remarks.filter(_SHOWN).select_related("assignment")
        ],
        "asked_for_help": [
            {"text": one.text, "at": one.asked_at.isoformat()}
            for one in enrollment.help_requests.order_by("pk")
        ],
        "messages": [
            {"text": one.text, "at": one.at.isoformat()} for one in enrollment.sent_messages.all()
        ],
    }


def delete_personal_work(user: User) -> None:
    """Delete what `delete_work` does, with the copies that teachers have opened of it."""
    with transaction.atomic():
        remove_copies_of(Sandbox.objects.filter(owner=user, attempt__team=None))
        delete_work(user)
