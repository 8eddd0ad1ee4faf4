"""The files of a draft: no save overwrites another one unseen."""

from collections.abc import Mapping

from django.contrib.auth.models import User
from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import timezone

from console.labs.authoring.drafts import DraftRefused, keep_files
from console.labs.files.limits import LARGEST_LAB, MOST_FILES, file_fault, size_faults
from console.labs.files.reader import LAB, REPORT, digest_of
from console.labs.models import LabDraft, LabDraftFile


class EditConflict(Exception):
    """Somebody else saved the file since it was read; `there` is it now, None if it is gone."""

    def __init__(self, there: LabDraftFile | None) -> None:
        self.there = there
        super().__init__("Somebody else saved this file.")


def files_of(draft: LabDraft) -> dict[str, str]:
    """Return a draft's files by their path; one query."""
    return dict(LabDraftFile.objects.filter(draft=draft).values_list("path", "text"))


def find_file(draft: LabDraft, path: str) -> LabDraftFile | None:
    return LabDraftFile.objects.select_related("edited_by").filter(draft=draft, path=path).first()


def plain_text(text: str) -> str:
    """Return a text with the line ends of a file: forms send others."""
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _touch(draft: LabDraft) -> None:
    LabDraft.objects.filter(pk=draft.pk).update(edited_at=timezone.now())


def _check(path: str, text: str) -> None:
    fault = file_fault(path, text)
    if path == REPORT:
        fault = f"{REPORT} is written by the gates, not by hand."
    if fault:
        raise DraftRefused(fault)


def _check_size(draft: LabDraft, path: str, text: str) -> None:
    files = files_of(draft) | {path: text}
    if len(files) > MOST_FILES or sum(map(len, files.values())) > LARGEST_LAB:
        raise DraftRefused(str(next(size_faults(files))))


def save_file(draft: LabDraft, path: str, text: str, revision: int, user: User) -> None:
    """Save a file that was read at a revision; raises EditConflict, DraftRefused."""
    text = plain_text(text)
    _check(path, text)
    with transaction.atomic():
        _check_size(draft, path, text)
        rows = LabDraftFile.objects.filter(draft=draft, path=path)
        saved = rows.filter(revision=revision).update(
            text=text, revision=F("revision") + 1, edited_at=timezone.now(), edited_by=user
        )
        if not saved:
            raise EditConflict(find_file(draft, path))
        _touch(draft)


def add_file(draft: LabDraft, path: str, text: str, user: User) -> None:
    """Add a file; raises DraftRefused."""
    text = plain_text(text)
    _check(path, text)
    try:
        with transaction.atomic():
            _check_size(draft, path, text)
            keep_files(draft, {path: text}, user)
            _touch(draft)
    except IntegrityError:
        raise DraftRefused(f"There is a file {path} already.") from None


def rename_file(draft: LabDraft, path: str, new: str) -> None:
    """Rename a file; raises DraftRefused."""
    if path == LAB:
        raise DraftRefused(f"{LAB} is the lab itself: it keeps its name.")
    row = find_file(draft, path)
    if row is None:
        raise DraftRefused(f"There is no file {path}.")
    _check(new, row.text)
    try:
        with transaction.atomic():
            LabDraftFile.objects.filter(pk=row.pk).update(path=new)
            _touch(draft)
    except IntegrityError:
        raise DraftRefused(f"There is a file {new} already.") from None


def delete_file(draft: LabDraft, path: str, revision: int) -> None:
    """Delete a file that was read at a revision; raises EditConflict, DraftRefused."""
    if path == LAB:
        raise DraftRefused(f"{LAB} is the lab itself: delete the draft instead.")
    with transaction.atomic():
        rows = LabDraftFile.objects.filter(draft=draft, path=path)
        if not rows.filter(revision=revision).delete()[0]:
            raise EditConflict(find_file(draft, path))
        _touch(draft)


def replace_files(draft: LabDraft, files: Mapping[str, str], seen: str, user: User) -> None:
    """Put other files in the place of those whose digest was `seen`; raises DraftRefused."""
    fault = next(map(str, size_faults(files)), "")
    if fault:
        raise DraftRefused(fault)
    with transaction.atomic():
        rows = LabDraftFile.objects.select_for_update().filter(draft=draft)
        if digest_of({row.path: row.text for row in rows}) != seen:
            raise DraftRefused(
                "Somebody has changed a file since you opened the page. Nothing was replaced: "
                "look at the files, then import again."
            )
        rows.delete()
        keep_files(draft, files, user)
        _touch(draft)
