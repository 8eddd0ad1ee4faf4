"""The list of site users."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.contrib.auth.models import User
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from console.administration.people import found_people, of_role, people
from console.classes.models import Enrollment
from console.labs.site_users import SiteRole, display_name, role_of
from console.pages.admin.frame import render_admin_page
from console.pages.admin.guard import for_administrators
from console.ui.columns import Column, Empty, SelectFilter
from console.ui.query_tables import QueryTable

_STATES = (("active", "Active"), ("inactive", "Deactivated"))


@dataclass(frozen=True)
class PersonRow:
    """A site user as the list shows them."""

    user: User
    enrollments: Sequence[Enrollment]

    @property
    def key(self) -> int:
        return self.user.pk

    @property
    def login(self) -> str:
        return self.user.get_username()

    @property
    def name(self) -> str:
        shown = display_name(self.user)
        return "" if shown == self.login else shown

    @property
    def role(self) -> str:
        return role_of(self.user).label

    @property
    def references(self) -> str:
        return ", ".join(dict.fromkeys(one.reference for one in self.enrollments if one.reference))

    @property
    def classes(self) -> str:
        return ", ".join(one.course_class.name for one in self.enrollments)

    @property
    def state(self) -> str:
        return "Active" if self.user.is_active else "Deactivated"


_TABLE = QueryTable(
    id="site-users",
    title="Users",
    row_key="key",
    search="Search by login, name or reference",
    sort="login",
    page_size=50,
    labelled_by="login",
    columns=[
        Column("login", "Login", link=lambda row: reverse("admin_user", args=[row.key])),
        Column("name", "Name"),
        Column("role", "Role", sortable=False),
        Column("references", "Reference", sortable=False),
        Column("classes", "Classes", sortable=False),
        Column("state", "State", sortable=False),
        Column("last_login", "Last log-in", kind="time", value=lambda row: row.user.last_login),
        Column(
            "joined",
            "Joined",
            kind="time",
            value=lambda row: row.user.date_joined,
            visible=False,
        ),
    ],
    filters=[
        SelectFilter("role", "Filter by role", SiteRole.choices, all_label="All roles"),
        SelectFilter("state", "Filter by state", _STATES, all_label="All states"),
    ],
    order={
        "login": ["username"],
        "name": ["profile__display_name"],
        "last_login": ["last_login"],
        "joined": ["date_joined"],
    },
    empty=Empty("No such user", "Search for a part of a login, a name or a reference."),
)


def _rows(users: Sequence[User]) -> Iterable[PersonRow]:
    """Return the rows of one page with the classes that each is in; one query."""
    of_user: dict[int, list[Enrollment]] = defaultdict(list)
    active = Enrollment.objects.filter(user__in=users, removed_at=None)
    for one in active.select_related("course_class").order_by("course_class__name", "pk"):
        of_user[one.user_id].append(one)
    return [PersonRow(user, of_user[user.pk]) for user in users]


@for_administrators
@require_safe
def users(request: HttpRequest) -> HttpResponse:
    """List the site users, a page at a time."""
    found = found_people(_TABLE.query(request))
    role, state = _TABLE.chosen(request, "role"), _TABLE.chosen(request, "state")
    if role:
        found = of_role(found, role)
    if state:
        found = found.filter(is_active=state == "active")
    table = _TABLE.view_query(request, found, _rows, total=people().count())
    return render_admin_page(request, "administration/users/list.html", {"table": table})
