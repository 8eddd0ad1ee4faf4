"""Two attempts of one lab: which of them the student goes on with."""

from dataclasses import dataclass

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import Count

from console.labs.models import Attempt


@dataclass(frozen=True)
class Choice:
    """A lab of which a student has several attempts; the first is the one that goes on."""

    lab: str
    attempts: list[Attempt]


def choices_of(user: User) -> list[Choice]:
    """Return the labs of which a student has several attempts, each with the tasks `solved`.

    Those of a class's assignments are not asked for: there, the class decides which one counts.
    """
    own = Attempt.objects.filter(owner=user, assignment=None)
    found: dict[str, list[Attempt]] = {}
    attempts = own.filter(lab__in=own.filter(set_aside=True).values("lab"))
    attempts = attempts.annotate(solved=Count("solves"))
    for attempt in attempts.order_by("lab", "set_aside", "started_at"):
        found.setdefault(attempt.lab, []).append(attempt)
    return [Choice(lab, attempts) for lab, attempts in found.items()]


def go_on_with(attempt: Attempt) -> None:
    """Let an attempt be the one that its lab leads to; the other is kept and set aside."""
    with transaction.atomic():
        same = Attempt.objects.filter(
            owner_id=attempt.owner_id, lab=attempt.lab, assignment=attempt.assignment_id
        )
        same.exclude(pk=attempt.pk).update(set_aside=True)
        same.filter(pk=attempt.pk).update(set_aside=False)
