"""The tools below the matrix and the roster that choose students and an action."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from django.http import HttpRequest

from console.classes.bulk import BulkAction
from console.classes.models import Class
from console.labs.catalog import find_lab

Origin = Literal["roster", "matrix"]
STUDENT_ACTIONS = {
    "reset": "Reset passwords",
    "remove": "Remove from the class",
    "return": "Bring back",
}
"""By the names of `console.pages.teach.roster.actions.ACTIONS`."""


@dataclass(frozen=True)
class WhoChoice:
    """A way to choose students, as a select offers it."""

    value: str
    label: str


def choices(all_label: str) -> list[WhoChoice]:
    """Return the ways to choose."""
    return [
        WhoChoice("ticked", "The students ticked above"),
        WhoChoice("page", "All on this page"),
        WhoChoice("all", all_label),
    ]


@dataclass(frozen=True)
class BulkTools:
    """What the form shows: `here` are the students on the page, `wanted` the lab that is open."""

    origin: Origin
    form_id: str
    here: Sequence[str]
    who: list[WhoChoice]
    assignments: list[tuple[str, str]]
    wanted: str = ""
    query: str = ""

    @property
    def groups(self) -> list[tuple[str, list[tuple[str, str]]]]:
        """Return what can be done, by what it is done to."""
        work = [(one.value, str(one.label)) for one in BulkAction] if self.assignments else []
        groups = [("Work on a lab", work)] if work else []
        if self.origin == "roster":
            groups.append(("Students", list(STUDENT_ACTIONS.items())))
        return groups


def bulk_tools(
    request: HttpRequest,
    course_class: Class,
    origin: Origin,
    here: Sequence[str],
    all_label: str,
) -> BulkTools:
    """Return the tools of a page; one query."""
    assigned = course_class.assignments.values_list("public_id", "lab")
    labs = [(public_id, find_lab(slug), slug) for public_id, slug in assigned]
    return BulkTools(
        origin,
        "roster-actions" if origin == "roster" else "bulk-form",
        here,
        choices(all_label),
        [(public_id, lab.title if lab else slug) for public_id, lab, slug in labs],
        request.GET.get("lab", ""),
        request.GET.urlencode() if origin == "roster" else "",
    )
