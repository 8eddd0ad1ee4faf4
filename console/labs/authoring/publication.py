"""Publishing: a draft becomes a version of a lab, and the lab is in the lists or not."""

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from console.labs.authoring.draft_files import files_of
from console.labs.authoring.drafts import DraftRefused
from console.labs.authoring.gate_runs import passing_run
from console.labs.files import lab_of_files
from console.labs.lab_lists import set_enabled
from console.labs.lab_versions import publish
from console.labs.models import Lab, LabDraft, LabVersion
from console.labs.trials import report_of


def versions_of(draft: LabDraft) -> QuerySet[LabVersion]:
    """Return the published versions of a draft, the newest first."""
    versions = LabVersion.objects.select_related("published_by").filter(lab__slug=draft.slug)
    return versions.exclude(published_at=None).order_by("-number")


def published_row(draft: LabDraft) -> Lab | None:
    """Return the lab that a draft was published as, with its current version."""
    labs = Lab.objects.select_related("current").filter(slug=draft.slug, current__isnull=False)
    return labs.first()


def publish_draft(draft: LabDraft, user: User, note: str) -> LabVersion:
    """Make a draft's files the lab as it is from now on; raises DraftRefused without all gates."""
    files = files_of(draft)
    run = passing_run(draft, files)
    if run is None:
        raise DraftRefused("Run the gates first: a lab is published when these files pass all.")
    lab = lab_of_files(draft.slug, files)
    with transaction.atomic():
        version = publish(lab, report_of(lab, []))
        LabVersion.objects.filter(pk=version.pk).update(
            note=note, published_at=timezone.now(), published_by=user
        )
        Lab.objects.filter(pk=version.lab_id).update(current=version)
    version.refresh_from_db()
    return version


def list_published(draft: LabDraft, enabled: bool) -> None:
    """Put a published lab into the lists, or take it out; attempts go on either way."""
    if published_row(draft) is not None:
        set_enabled(draft.slug, enabled)
