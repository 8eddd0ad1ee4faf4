"""The drafts that an instructor works on; a new one: from the start, a copy, or a zip file."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib.auth.models import User
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from console.labs.authoring.draft_files import files_of
from console.labs.authoring.drafts import (
    DraftRefused,
    begin_draft,
    find_draft,
    name_fault,
    visible_drafts,
)
from console.labs.catalog import find_lab, known_labs
from console.labs.files.archives import ArchiveRefused, read_archive
from console.labs.files.new_lab import scaffold_files
from console.labs.files.reader import REPORT
from console.labs.models import Lab, LabDraft
from console.labs.site_users import display_name
from console.pages.teach.author.room import author_of
from console.pages.teach.guard import for_instructors
from console.ui.flash import flash_success
from console.ui.tables import Column, Empty, Table

LARGEST_ARCHIVE = 2 * 1024 * 1024
_AS_TYPED = {"autocomplete": "off", "autocapitalize": "off", "spellcheck": "false"}


@dataclass(frozen=True)
class DraftRow:
    """A draft as the list shows it."""

    draft: LabDraft
    lab: Lab | None
    own: bool

    @property
    def name(self) -> str:
        return self.draft.slug

    @property
    def author(self) -> str:
        owner = self.draft.owner
        return "You" if self.own else display_name(owner) if owner else "Nobody any more"

    @property
    def seen_by(self) -> str:
        return "All instructors" if self.draft.shared else "Its author"

    @property
    def state(self) -> str:
        if self.lab is None or self.lab.current is None:
            return "Not published"
        version = f"Version {self.lab.current.number}"
        return version if self.lab.enabled else f"{version}, not in the lists"


_TABLE = Table(
    id="drafts",
    title="Labs of this site",
    row_key="name",
    sort="name",
    labelled_by="name",
    columns=(
        Column("name", "Name", link=lambda row: reverse("author_lab", args=[row.name])),
        Column("author", "Author"),
        Column("seen_by", "Seen by"),
        Column("state", "State"),
        Column("edited", "Last change", kind="time", value=lambda row: row.draft.edited_at),
    ),
    empty=Empty("No labs yet", "Write the first one, or copy a lab of the library."),
)


@for_instructors
@require_safe
def author(request: HttpRequest) -> HttpResponse:
    """Show the drafts that the instructor may work on."""
    user = author_of(request)
    drafts = list(visible_drafts(user).select_related("owner__profile"))
    labs = Lab.objects.select_related("current").filter(slug__in=[one.slug for one in drafts])
    published = {lab.slug: lab for lab in labs}
    rows = [DraftRow(one, published.get(one.slug), one.owner_id == user.pk) for one in drafts]
    return render(request, "teach/author/labs.html", {"table": _TABLE.view(request, rows)})


def _starts(user: User) -> list[Any]:
    labs = sorted((lab.title, slug) for slug, lab in known_labs().items())
    drafts = [(f"draft:{one.slug}", one.slug) for one in visible_drafts(user)]
    return [
        ("", "A small lab that works, with what is still to do"),
        *([("Drafts", drafts)] if drafts else []),
        ("Labs", [(f"lab:{slug}", title) for title, slug in labs]),
    ]


class NameForm(forms.Form):
    """A name for a new lab."""

    name = forms.CharField(
        label="Name",
        max_length=40,
        help_text="It appears in the lab's address, such as who-may-read.",
        widget=forms.TextInput(attrs=_AS_TYPED),
    )

    def clean_name(self) -> str:
        """Return the name; raises ValidationError for one that cannot be had."""
        name: str = self.cleaned_data["name"]
        fault = name_fault(name)
        if fault:
            raise forms.ValidationError(fault)
        return name


class NewLabForm(NameForm):
    """A new lab and what it begins with."""

    start = forms.ChoiceField(label="Begin with", required=False)

    def __init__(self, data: Any, user: User, initial: dict[str, str]) -> None:
        super().__init__(data, initial=initial)
        self.fields["start"] = forms.ChoiceField(
            label="Begin with", required=False, choices=_starts(user)
        )


def _files_to_begin_with(user: User, start: str) -> dict[str, str]:
    kind, _, slug = start.partition(":")
    draft = find_draft(user, slug) if kind == "draft" else None
    lab = find_lab(slug) if kind == "lab" else None
    return files_of(draft) if draft else dict(lab.files) if lab else scaffold_files()


@for_instructors
@require_http_methods(["GET", "POST"])
def author_new(request: HttpRequest) -> HttpResponse:
    """Begin a lab from the small one that works, or as a copy."""
    user = author_of(request)
    initial = {"start": request.GET.get("start", "")}
    form = NewLabForm(request.POST if request.method == "POST" else None, user, initial)
    if request.method == "POST" and form.is_valid():
        files = _files_to_begin_with(user, form.cleaned_data["start"])
        try:
            draft = begin_draft(user, form.cleaned_data["name"], files)
        except DraftRefused as refused:
            form.add_error(None, str(refused))
        else:
            flash_success(request, f"The draft {draft.slug} was created. Only you see it.")
            return redirect("author_lab", draft.slug)
    status = 400 if form.errors else 200
    return render(request, "teach/author/new.html", {"form": form}, status=status)


class ArchiveForm(forms.Form):
    """A lab as a zip file."""

    file = forms.FileField(
        label="Zip file", help_text="As Export writes it: one folder with a lab.yaml in it."
    )
    name = forms.CharField(
        label="Name", max_length=40, required=False, widget=forms.TextInput(attrs=_AS_TYPED)
    )


def uploaded_files(form: forms.Form) -> tuple[str, dict[str, str]]:
    """Return the name and the files of an uploaded archive; raises ArchiveRefused."""
    file = form.cleaned_data["file"]
    if file.size > LARGEST_ARCHIVE:
        raise ArchiveRefused("The zip file is larger than two megabytes.")
    slug, files = read_archive(file)
    files.pop(REPORT, None)
    return slug, files


@for_instructors
@require_http_methods(["GET", "POST"])
def author_upload(request: HttpRequest) -> HttpResponse:
    """Begin a lab with the files of an archive: all of them, or nothing."""
    sent = request.method == "POST"
    form = ArchiveForm(request.POST, request.FILES) if sent else ArchiveForm()
    if sent and form.is_valid():
        try:
            slug, files = uploaded_files(form)
            name = form.cleaned_data["name"] or slug
            draft = begin_draft(author_of(request), name, files)
        except ArchiveRefused as refused:
            form.add_error("file", str(refused))
        except DraftRefused as refused:
            form.add_error("name" if name_fault(name) else "file", str(refused))
        else:
            flash_success(request, f"{len(files)} files are in the draft {draft.slug}.")
            return redirect("author_lab", draft.slug)
    status = 400 if form.errors else 200
    return render(request, "teach/author/upload.html", {"form": form}, status=status)
