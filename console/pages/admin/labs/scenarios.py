"""The scenarios that are kept on the site, whoever owns them."""

from django.db.models import Q
from django.db.models.functions import Length
from django.http import HttpRequest, HttpResponse
from django.template.defaultfilters import filesizeformat
from django.urls import reverse
from django.views.decorators.http import require_safe

from console.labs.scenarios.models import Scenario
from console.labs.scenarios.shelf import shipped_scenarios
from console.labs.site_users import display_name
from console.pages.admin.frame import render_admin_page
from console.pages.admin.guard import for_administrators
from console.ui.columns import Column, Empty
from console.ui.query_tables import QueryTable


def _seen_by(scenario: Scenario) -> str:
    return "All instructors" if scenario.shared else "Its owner"


_TABLE = QueryTable(
    id="scenarios",
    title="Scenarios of this site",
    row_key="public_id",
    search="Search by name or owner",
    columns=[
        Column("name", "Name", link=lambda one: reverse("teach_scenario", args=[one.public_id])),
        Column("owner", "Owner", value=lambda one: display_name(one.owner)),
        Column("seen_by", "Seen by", value=_seen_by, sortable=False),
        Column("source", "Came by", value=lambda one: one.get_source_display(), sortable=False),
        Column("size", "Size", value=lambda one: filesizeformat(one.size)),
        Column("changed_at", "Changed", kind="time"),
        Column("seed", "New sandbox", template="administration/labs/seed.html", sortable=False),
    ],
    order={
        "name": ["name"],
        "owner": ["owner__username"],
        "size": ["size"],
        "changed_at": ["changed_at"],
    },
    sort="name",
    empty=Empty("No scenarios", "Instructors write and upload them."),
)


@for_administrators
@require_safe
def scenario_list(request: HttpRequest) -> HttpResponse:
    """List the scenarios, a page at a time."""
    rows = Scenario.objects.defer("text", "summary").annotate(size=Length("text"))
    rows = rows.select_related("owner__profile")
    query = _TABLE.query(request)
    found = rows.filter(Q(name__icontains=query) | Q(owner__username__icontains=query))
    table = _TABLE.view_query(request, found if query else rows, total=Scenario.objects.count())
    context = {"table": table, "shipped": shipped_scenarios()}
    return render_admin_page(request, "administration/labs/scenarios.html", context)
