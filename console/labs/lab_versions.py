"""Versions of labs: an attempt stays with the files that it began with."""

from django.db import IntegrityError, transaction
from django.db.models import Max, QuerySet

from console.labs.catalog import find_lab
from console.labs.files import LabError, LabFile
from console.labs.models import Attempt, Lab, LabVersion
from console.labs.published_labs import open_version
from iam.models.prepared_queries import Prepared


def _new_version(lab: LabFile) -> LabVersion:
    owner, _ = Lab.objects.get_or_create(slug=lab.slug)
    newest = owner.versions.aggregate(newest=Max("number"))["newest"] or 0
    return LabVersion.objects.create(
        lab=owner, number=newest + 1, hash=lab.hash, files=dict(lab.files)
    )


def _rows_of(slug: str, files_hash: str) -> QuerySet[LabVersion]:
    rows = LabVersion.objects.filter(lab__slug=slug, hash=files_hash)
    return rows.defer("files", "report")


_OF_LAB = Prepared(_rows_of)


def version_of_lab(lab: LabFile) -> LabVersion:
    """Return the version that a lab's files are, which the first who asks has kept.

    The files themselves and the report are read from the database where they are needed.
    """
    version = _OF_LAB.first(lab.slug, lab.hash)
    if version is not None:
        return version
    try:
        with transaction.atomic():
            return _new_version(lab)
    except IntegrityError:  # somebody else kept it, or another one, in the meantime
        return _OF_LAB.first(lab.slug, lab.hash) or _new_version(lab)


def publish(lab: LabFile, report: dict[str, object]) -> LabVersion:
    """Keep a lab that passes the gates, with their report; the same files are the same version."""
    version = version_of_lab(lab)
    LabVersion.objects.filter(pk=version.pk, report={}).update(report=report)
    version.refresh_from_db()
    return version


def lab_of(attempt: Attempt) -> LabFile | None:
    """Return the lab of an attempt as it was when the attempt began; None if it is gone.

    A version in a format that is read no more is replaced by the lab as it is now.
    """
    current = find_lab(attempt.lab)
    if attempt.version_id is None or (current and current.hash == attempt.lab_hash):
        return current
    try:
        return open_version(attempt.version_id, attempt.lab_hash, attempt.lab)
    except LabError:
        return current
