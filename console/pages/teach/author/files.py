"""One file of a draft: edited, checked while it is typed, shown as students see it."""

from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.safestring import SafeString
from django.views.decorators.http import require_http_methods, require_POST

from console.labs.authoring.differences import FileDiff, differences
from console.labs.authoring.draft_files import (
    EditConflict,
    add_file,
    delete_file,
    files_of,
    find_file,
    plain_text,
    rename_file,
    save_file,
)
from console.labs.authoring.drafts import DraftRefused
from console.labs.authoring.faults import FileFault, lab_or_faults
from console.labs.authoring.samples import sample_values
from console.labs.files import LabFile
from console.labs.files.limits import file_fault
from console.labs.models import LabDraft, LabDraftFile
from console.labs.site_users import display_name
from console.pages.labs.markdown import as_html
from console.pages.teach.author.room import author_of, draft_action, draft_page, posted_number
from console.ui.flash import flash_success

_MODES = {"yaml": "yaml", "md": "markdown", "json": "json"}


class FileForm(forms.Form):
    """The text of a file."""

    text = forms.CharField(widget=forms.Textarea, required=False)


@dataclass
class FileView:
    """A file as it is typed, with what is wrong with it; `there` is what somebody else saved."""

    draft: LabDraft
    path: str
    text: str
    revision: int
    refused: str = ""
    there: LabDraftFile | None = None
    gone: bool = False
    files: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        fault = file_fault(self.path, self.text)
        self.refused = self.refused or fault
        self.files = {} if fault else {**files_of(self.draft), self.path: self.text}

    @property
    def editor(self) -> forms.BoundField:
        return FileForm(initial={"text": self.text})["text"]

    @property
    def mode(self) -> str:
        return _MODES[self.path.rpartition(".")[2]]

    @property
    def faults(self) -> list[FileFault]:
        """Return what is wrong in this file; what is too large is not looked into."""
        if not self.files:
            return [FileFault(self.path, self.refused, 1, 1)]
        _, found = self._read
        return [fault for fault in found or () if fault.file == self.path]

    @cached_property
    def _read(self) -> tuple[LabFile | None, list[FileFault] | None]:
        """Return the lab, or its faults: to read the largest takes tenths of a second."""
        return lab_or_faults(self.draft.slug, self.files)

    @property
    def preview(self) -> SafeString | None:
        """Return a text as students see it; None for a file of another kind."""
        if self.mode != "markdown" or not self.files:
            return None
        lab, _ = self._read
        return as_html(self.text, sample_values(lab) if lab else {})

    @property
    def may_be_renamed(self) -> bool:
        return self.path != "lab.yaml"

    @property
    def other_author(self) -> str:
        editor = self.there.edited_by if self.there else None
        return display_name(editor) if editor else "Somebody"

    @property
    def difference(self) -> list[FileDiff]:
        """Return what the text that was saved meanwhile has otherwise than the typed one."""
        there = self.there.text if self.there else ""
        return differences({self.path: there}, {self.path: self.text})


def _show(request: HttpRequest, view: FileView, status: int = 200) -> HttpResponse:
    return render(request, "teach/author/file.html", {"view": view}, status=status)


@draft_page
@require_http_methods(["GET", "POST"])
def author_file(request: HttpRequest, draft: LabDraft, path: str) -> HttpResponse:
    """Show a file to edit, and save it; what somebody else saved meanwhile is not overwritten."""
    row = find_file(draft, path)
    if request.method != "POST":
        if row is None:
            raise Http404
        return _show(request, FileView(draft, path, row.text, row.revision))
    if row is None and not request.POST.get("revision"):
        raise Http404
    return _saved(request, draft, path)


def _saved(request: HttpRequest, draft: LabDraft, path: str) -> HttpResponse:
    text, revision = plain_text(request.POST.get("text", "")), posted_number(request, "revision")
    user = author_of(request)
    if file_fault(path, ""):
        raise Http404
    try:
        if revision:
            save_file(draft, path, text, revision, user)
        else:
            add_file(draft, path, text, user)
    except DraftRefused as refused:
        return _show(request, FileView(draft, path, text, revision, str(refused)), 400)
    except EditConflict as conflict:
        there = conflict.there
        now = there.revision if there else 0
        view = FileView(draft, path, text, now, there=there, gone=there is None)
        return _show(request, view, 409)
    flash_success(request, f"{path} is saved.")
    return redirect("author_file", draft.slug, path)


@draft_page
@require_POST
def author_check(request: HttpRequest, draft: LabDraft, path: str) -> HttpResponse:
    """Answer the faults of what is typed, and a text as students would see it; nothing is saved."""
    if file_fault(path, ""):
        raise Http404
    view = FileView(draft, path, plain_text(request.POST.get("text", "")), 0)
    context: dict[str, Any] = {"view": view, "faults": view.faults, "fragment": True}
    return render(request, "teach/author/file_check.html", context)


@draft_action
@require_POST
def author_file_add(request: HttpRequest, draft: LabDraft) -> HttpResponse:
    """Add an empty file, and open it."""
    path = request.POST.get("path", "").strip()
    add_file(draft, path, "{}\n" if path.endswith(".json") else "", author_of(request))
    return redirect("author_file", draft.slug, path)


@draft_action
@require_POST
def author_file_rename(request: HttpRequest, draft: LabDraft, path: str) -> HttpResponse:
    """Give a file another name; what names it in lab.yaml is the author's to change."""
    new = request.POST.get("path", "").strip()
    rename_file(draft, path, new)
    flash_success(request, f"{path} is now called {new}.")
    return redirect("author_file", draft.slug, new)


@draft_action
@require_POST
def author_file_delete(request: HttpRequest, draft: LabDraft, path: str) -> None:
    """Delete a file, unless somebody has saved it since the page was opened."""
    try:
        delete_file(draft, path, posted_number(request, "revision"))
    except EditConflict:
        raise DraftRefused(
            f"Somebody saved or deleted {path} in the meantime. Look first."
        ) from None
    flash_success(request, f"{path} is deleted.")
