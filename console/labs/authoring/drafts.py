"""Drafts of labs: who sees one, how one begins and ends."""

from collections.abc import Mapping

from django.contrib.auth.models import User
from django.db import IntegrityError, transaction
from django.db.models import Q, QuerySet

from console.labs.administrators import is_administrator
from console.labs.authoring.tries import throw_away_all
from console.labs.catalog import all_labs
from console.labs.files.limits import size_faults
from console.labs.files.new_lab import SLUG
from console.labs.models import Lab, LabDraft, LabDraftFile

LONGEST_SLUG = 40
_ADDRESSES = {"a", "me", "open", "twice"}
"""Pages of students that stand where a lab of this name would."""


class DraftRefused(ValueError):
    """What cannot be done to a draft, as a sentence."""


def visible_drafts(user: User) -> QuerySet[LabDraft]:
    """Return the drafts that an instructor may work on: own and shared ones; all for the admin."""
    drafts = LabDraft.objects.select_related("owner").order_by("slug")
    return drafts if is_administrator(user) else drafts.filter(Q(owner=user) | Q(shared=True))


def find_draft(user: User, slug: str) -> LabDraft | None:
    """Return a draft by its name, if the instructor may work on it."""
    return visible_drafts(user).filter(slug=slug).first() if SLUG.fullmatch(slug) else None


def name_fault(slug: str) -> str:
    """Return why a draft cannot have a name; "" if it can."""
    if not SLUG.fullmatch(slug) or len(slug) > LONGEST_SLUG:
        return f"A name has lower-case letters, digits and hyphens, {LONGEST_SLUG} at most."
    if slug in all_labs():
        return "A lab of the library has this name. Take another one."
    published = Lab.objects.filter(slug=slug, current__isnull=False)
    if slug in _ADDRESSES or published.exists() or LabDraft.objects.filter(slug=slug).exists():
        return "This name is taken. Take another one."
    return ""


def begin_draft(owner: User, slug: str, files: Mapping[str, str]) -> LabDraft:
    """Keep files as a new draft of the owner's; raises DraftRefused."""
    fault = name_fault(slug) or next(map(str, size_faults(files)), "")
    if fault:
        raise DraftRefused(fault)
    try:
        with transaction.atomic():
            draft = LabDraft.objects.create(slug=slug, owner=owner)
            keep_files(draft, files, owner)
    except IntegrityError:
        raise DraftRefused("This name is taken. Take another one.") from None
    return draft


def keep_files(draft: LabDraft, files: Mapping[str, str], user: User) -> None:
    LabDraftFile.objects.bulk_create(
        LabDraftFile(draft=draft, path=path, text=text, edited_by=user)
        for path, text in files.items()
    )


def is_published(draft: LabDraft) -> bool:
    return Lab.objects.filter(slug=draft.slug, current__isnull=False).exists()


def delete_draft(draft: LabDraft) -> None:
    """Delete a draft with the worlds in which it was tried; raises DraftRefused."""
    if is_published(draft):
        raise DraftRefused(
            "This lab is published, and its files are what a correction begins with. "
            "Remove from the lists instead."
        )
    with transaction.atomic():
        throw_away_all(draft)
        draft.delete()
