"""A draft tried as a student: a world from its files as they are, which never counts.

It is an attempt at a lab of its own, whose name no list has.
"""

from datetime import timedelta

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from console.labs.attempts import begin_attempt
from console.labs.files import lab_of_files
from console.labs.models import Attempt, Lab, LabDraft, LabDraftFile
from console.labs.published_labs import DRAFT
from console.labs.rows import remove
from iam.models import Sandbox

_KEPT = timedelta(days=7)


def _tries(draft: LabDraft) -> QuerySet[Attempt]:
    return Attempt.objects.filter(lab=draft.slug + DRAFT)


def try_of(draft: LabDraft, user: User) -> Attempt | None:
    """Return the world in which an instructor tries a draft, if there is one."""
    return _tries(draft).filter(owner=user).order_by("-pk").first()


def begin_try(draft: LabDraft, user: User) -> Attempt:
    """Make a world from a draft's files as they are, in the place of the user's last one.

    Raises LabError, and whatever keeps the world from being made.
    """
    files = dict(LabDraftFile.objects.filter(draft=draft).values_list("path", "text"))
    lab = lab_of_files(draft.slug + DRAFT, files)
    throw_away(draft, user)
    Lab.objects.get_or_create(slug=lab.slug, defaults={"enabled": False})
    attempt = begin_attempt(user, lab)
    Lab.objects.filter(slug=lab.slug).update(current=attempt.version)
    return attempt


def throw_away(draft: LabDraft, user: User) -> None:
    """Delete the world in which an instructor tries a draft."""
    _remove(_tries(draft).filter(owner=user))


def throw_away_all(draft: LabDraft) -> None:
    """Delete every world of a draft, and what was kept for them."""
    with transaction.atomic():
        _remove(_tries(draft))
        Lab.objects.filter(slug=draft.slug + DRAFT).update(current=None)
        _forget_versions(draft.slug + DRAFT)


def throw_away_forgotten() -> int:
    """Delete the worlds of tries that were begun a week ago; return how many."""
    old = Attempt.objects.filter(lab__endswith=DRAFT, started_at__lt=timezone.now() - _KEPT)
    labs, count = set(old.values_list("lab", flat=True)), old.count()
    _remove(old)
    for slug in labs:
        _forget_versions(slug)
    return count


def _remove(attempts: QuerySet[Attempt]) -> None:
    for sandbox in Sandbox.objects.filter(attempt__in=attempts):
        remove(sandbox)


def _forget_versions(slug: str) -> None:
    """Delete the versions that nobody tries any more."""
    for lab in Lab.objects.filter(slug=slug):
        lab.versions.filter(attempt=None).exclude(current_of=lab).delete()
