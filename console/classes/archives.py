"""Classes that are over: archived, and brought back."""

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone

from console.classes.audit import Deed, note_action
from console.classes.models import Class
from console.classes.resting import settle_worlds, worlds_of_class
from console.classes.retention import is_past


def archive(course_class: Class, by: User | None) -> None:
    """Archive a class: nobody joins or changes it, students do not see it, its worlds rest.

    Teachers still look at everything, and take the gradebook along. Deleting the worlds is another
    step, of `retention.clear_class`.
    """
    with transaction.atomic():
        course_class.archived_at = timezone.now()
        course_class.save(update_fields=["archived_at"])
        settle_worlds(worlds_of_class(course_class))
        note_action(course_class, by, Deed.ARCHIVED_IT, "Its worlds rest.")


def bring_class_back(course_class: Class, by: User | None) -> None:
    """Let an archived class go on, in the worlds that are there; new ones can be begun."""
    with transaction.atomic():
        course_class.archived_at = None
        if not is_past(course_class):
            course_class.cleared_at = None
        course_class.save(update_fields=["archived_at", "cleared_at"])
        settle_worlds(worlds_of_class(course_class))
        note_action(course_class, by, Deed.BROUGHT_IT_BACK)
