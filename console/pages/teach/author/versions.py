"""The published versions of a draft, and what is different between two."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from console.labs.authoring.differences import differences
from console.labs.authoring.draft_files import files_of
from console.labs.authoring.publication import published_row, versions_of
from console.labs.models import LabDraft, LabVersion
from console.pages.teach.author.room import draft_page

_DRAFT = "draft"


def _chosen(request: HttpRequest, name: str, known: Mapping[str, Any], otherwise: str) -> str:
    asked = request.GET.get(name, "")
    return asked if asked in known else otherwise


@draft_page
@require_safe
def author_versions(request: HttpRequest, draft: LabDraft) -> HttpResponse:
    """List the versions; compare two of them, or one with the draft."""
    versions = list(versions_of(draft))
    known: dict[str, LabVersion | None] = {_DRAFT: None}
    known |= {str(one.number): one for one in versions}
    newest = str(versions[0].number) if versions else _DRAFT
    old, new = _chosen(request, "from", known, newest), _chosen(request, "to", known, _DRAFT)

    def files(name: str) -> Mapping[str, str]:
        version = known[name]
        found: Mapping[str, str] = files_of(draft) if version is None else version.files
        return found

    lab = published_row(draft)
    context = {
        "draft": draft,
        "versions": versions,
        "current": lab.current if lab else None,
        "names": [(name, "The draft" if name == _DRAFT else f"Version {name}") for name in known],
        "choices": [("From", "from", old), ("To", "to", new)],
        "files": differences(files(old), files(new)),
    }
    return render(request, "teach/author/versions.html", context)
