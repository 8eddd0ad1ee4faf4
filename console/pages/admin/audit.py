"""What administrators did."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from console.administration.models import AdministratorAction
from console.pages.admin.frame import render_admin_page
from console.pages.admin.guard import for_administrators
from console.ui.columns import Column, Empty
from console.ui.query_tables import QueryTable

_TABLE = QueryTable(
    id="administrator-actions",
    title="What administrators did",
    row_key="pk",
    search="Search by what it was about",
    page_size=50,
    columns=[
        Column("at", "When", kind="time", sortable=False),
        Column("by", "Who", value=lambda one: one.by or "Nobody any more", sortable=False),
        Column("action", "What", value=lambda one: one.action.capitalize(), sortable=False),
        Column("about", "About", sortable=False),
        Column("detail", "Detail", kind="wide", sortable=False),
    ],
    empty=Empty("Nothing yet", "What administrators change on this site is listed here."),
)


@for_administrators
@require_safe
def audit(request: HttpRequest) -> HttpResponse:
    """List the actions, the newest first."""
    actions = AdministratorAction.objects.select_related("by")
    query = _TABLE.query(request)
    found = actions.filter(about__icontains=query) if query else actions
    table = _TABLE.view_query(request, found, total=actions.count())
    return render_admin_page(request, "administration/audit.html", {"table": table})
