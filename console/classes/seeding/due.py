"""Seedings whose worlds are to be there by now."""

from django.db.models import Q, QuerySet
from django.utils import timezone

from console.classes.models import Seeding


def due_seedings() -> QuerySet[Seeding]:
    """Return the seedings that wait for no opening any more, and can be made."""
    opened = Q(assignment__opens=None) | Q(assignment__opens__lte=timezone.now())
    due = Q(at_opening=False) | Q(opened, assignment__isnull=False)
    seedings = Seeding.objects.filter(due, fault="", course_class__archived_at=None)
    return seedings.filter(course_class__cleared_at=None)


def is_due(seeding: Seeding) -> bool:
    return due_seedings().filter(pk=seeding.pk).exists()
