"""A draft's page: files with their faults, gates, publishing, and what becomes of the draft."""

from collections import Counter
from dataclasses import dataclass
from functools import cached_property

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from console.labs.authoring.draft_files import files_of
from console.labs.authoring.faults import FileFault, faults_of
from console.labs.authoring.gate_runs import last_run, open_run, passing_run
from console.labs.authoring.publication import published_row
from console.labs.authoring.tries import try_of
from console.labs.files import LabError, lab_of_files
from console.labs.files.reader import LAB, digest_of
from console.labs.models import Attempt, GateRun, Lab, LabDraft
from console.labs.site_users import display_name
from console.pages.teach.author.listing import ArchiveForm
from console.pages.teach.author.room import author_of, draft_page

_ABOUT = {
    LAB: "The lab: its world, tasks, checks, hints and answers",
    "teacher.md": "For teachers: minutes, what goes wrong, what to ask the class",
}


@dataclass(frozen=True)
class FileRow:
    """A file of a draft with how many faults it has."""

    path: str
    about: str
    faults: int


@dataclass
class DraftView:
    """A draft as its page shows it."""

    draft: LabDraft
    request: HttpRequest

    @cached_property
    def files(self) -> dict[str, str]:
        return files_of(self.draft)

    @cached_property
    def digest(self) -> str:
        return digest_of(self.files)

    @cached_property
    def faults(self) -> list[FileFault]:
        return faults_of(self.draft.slug, self.files)

    @property
    def title(self) -> str:
        """Return the lab's title, or its name while it cannot be read."""
        try:
            return lab_of_files(self.draft.slug, self.files).title
        except LabError:
            return self.draft.slug

    @property
    def rows(self) -> list[FileRow]:
        """Return the files, lab.yaml first."""
        counts = Counter(fault.file for fault in self.faults)
        paths = sorted(self.files, key=lambda path: (path != LAB, path))
        return [FileRow(path, _ABOUT.get(path, ""), counts[path]) for path in paths]

    @cached_property
    def lab(self) -> Lab | None:
        return published_row(self.draft)

    @property
    def is_current(self) -> bool:
        """Return whether the published lab has exactly these files."""
        current = self.lab.current if self.lab else None
        return current is not None and current.hash == self.digest

    @cached_property
    def open_run(self) -> GateRun | None:
        return open_run(self.draft)

    @cached_property
    def last_run(self) -> GateRun | None:
        return last_run(self.draft)

    @property
    def report_is_of_now(self) -> bool:
        return self.last_run is not None and self.last_run.hash == self.digest

    @cached_property
    def may_publish(self) -> bool:
        return not self.is_current and passing_run(self.draft, self.files) is not None

    @property
    def tried(self) -> Attempt | None:
        return try_of(self.draft, author_of(self.request))

    @property
    def own(self) -> bool:
        return self.draft.owner_id == self.request.user.pk

    @property
    def author(self) -> str:
        owner = self.draft.owner
        return display_name(owner) if owner else "nobody any more"


@draft_page
@require_safe
def author_lab(request: HttpRequest, draft: LabDraft) -> HttpResponse:
    """Show a draft."""
    context = {"view": DraftView(draft, request), "upload": ArchiveForm()}
    return render(request, "teach/author/lab.html", context)


@draft_page
@require_safe
def author_gates_state(request: HttpRequest, draft: LabDraft) -> HttpResponse:
    """Show how far the gates are: the part of the draft's page that asks for itself."""
    return render(request, "teach/author/gates.html", {"view": DraftView(draft, request)})
