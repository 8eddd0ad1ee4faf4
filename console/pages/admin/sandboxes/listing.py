"""The list of sandboxes."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.template.defaultfilters import filesizeformat
from django.urls import reverse
from django.views.decorators.http import require_safe

from console.administration.models import SandboxSize
from console.administration.sandboxes import found_sandboxes, purpose_of, sandboxes
from console.labs.catalog import known_labs
from console.labs.files import LabFile
from console.labs.site_users import display_name
from console.pages.admin.frame import render_admin_page
from console.pages.admin.guard import for_administrators
from console.ui.columns import Column, Empty, SelectFilter
from console.ui.query_tables import QueryTable

if TYPE_CHECKING:
    from iam.models import Sandbox

_KINDS = {
    "own": Q(attempt=None, class_world=None, world_copy=None, tried_world=None),
    "attempt": Q(attempt__isnull=False),
    "guest": Q(owner__guest__isnull=False),
    "public": Q(public=True),
    "closed": Q(suspended=True),
}
_CHOICES = (
    ("own", "Own"),
    ("attempt", "Attempts"),
    ("guest", "Of guests"),
    ("public", "Public"),
    ("closed", "Closed"),
)


@dataclass(frozen=True)
class SandboxRow:
    """A sandbox as the list shows it; size, events and last use are those of the last measuring."""

    sandbox: "Sandbox"
    labs: Mapping[str, LabFile]

    @property
    def key(self) -> int:
        return self.sandbox.pk

    @property
    def name(self) -> str:
        return self.sandbox.name

    @property
    def owner(self) -> str:
        return display_name(self.sandbox.owner)

    @property
    def purpose(self) -> str:
        closed = " (closed)" if self.sandbox.suspended else ""
        return f"{purpose_of(self.sandbox, self.labs).text}{closed}"

    @property
    def _measured(self) -> SandboxSize | None:
        return getattr(self.sandbox, "size", None)

    @property
    def used_at(self) -> datetime | None:
        return self._measured.used_at if self._measured else None

    @property
    def size(self) -> str:
        return filesizeformat(self._measured.size) if self._measured else ""

    @property
    def events(self) -> int | None:
        return self._measured.events if self._measured else None


_TABLE = QueryTable(
    id="sandboxes",
    title="Sandboxes",
    row_key="key",
    search="Search by owner, name or account ID",
    page_size=50,
    labelled_by="name",
    columns=[
        Column("name", "Name", link=lambda row: reverse("admin_sandbox", args=[row.key])),
        Column("owner", "Owner", sortable=False),
        Column("purpose", "For", sortable=False),
        Column("used_at", "Last use", kind="time"),
        Column("size", "Size"),
        Column("events", "Events", kind="number"),
        Column(
            "made",
            "Made",
            kind="time",
            value=lambda row: row.sandbox.created_at,
            visible=False,
        ),
    ],
    filters=[SelectFilter("kind", "Filter by kind", _CHOICES, all_label="All kinds")],
    order={
        "name": ["name"],
        "used_at": ["size__used_at"],
        "size": ["size__size"],
        "events": ["size__events"],
        "made": ["pk"],
    },
    description="Size, events and last use are measured every ten minutes.",
    empty=Empty("No such sandbox", "Search for a part of its name, or of its owner's."),
)


def _rows(found: Sequence[Any]) -> Iterable[SandboxRow]:
    labs = known_labs()
    return [SandboxRow(sandbox, labs) for sandbox in found]


@for_administrators
@require_safe
def sandbox_list(request: HttpRequest) -> HttpResponse:
    """List the sandboxes, a page at a time."""
    found = found_sandboxes(_TABLE.query(request))
    kind = _TABLE.chosen(request, "kind")
    if kind:
        found = found.filter(_KINDS[kind])
    table = _TABLE.view_query(request, found, _rows, total=sandboxes().count())
    return render_admin_page(request, "administration/sandboxes/list.html", {"table": table})
