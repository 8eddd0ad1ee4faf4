"""The pages of one class: who may see them, and the tabs that lead from one to the other."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property, wraps
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache

from console.classes.access import includes, taught_class, what_is_missing
from console.classes.models import Class, Enrollment, TeachingRole
from console.classes.retention import ending_of
from console.classes.student_names import StudentNames, names_in
from console.signin.log_in_first import log_in_first
from console.ui.tabs import PageTabs, TabLink

_PAGES = (
    ("Live", "teach_class"),
    ("Roster", "teach_roster"),
    ("Assignments", "teach_assignments"),
    ("Gradebook", "teach_gradebook"),
    ("Misconceptions", "teach_misconceptions"),
    ("Signals", "teach_signals"),
    ("Worlds", "teach_seed"),
    ("Audit", "teach_audit"),
    ("Settings", "teach_settings"),
)

_WITHIN = {
    "teach_student": "teach_class",
    "teach_copy": "teach_class",
    "teach_bulk": "teach_class",
    "teach_message": "teach_class",
    "teach_teams": "teach_roster",
    "teach_team": "teach_roster",
    "teach_team_dissolve": "teach_roster",
    "teach_award": "teach_gradebook",
    "teach_remark": "teach_gradebook",
    "teach_platforms": "teach_settings",
    "teach_webhooks": "teach_settings",
}
"""Pages under a tab whose address does not begin theirs."""


@dataclass(frozen=True)
class TaughtClass:
    """A class as its visitor teaches it."""

    course_class: Class
    role: TeachingRole

    def may(self, least: str) -> bool:
        """Return whether the visitor may do what this role may."""
        return includes(self.role, TeachingRole(least))

    @property
    def may_change(self) -> bool:
        return self.may(TeachingRole.TEACHER)

    @property
    def may_help(self) -> bool:
        return self.may(TeachingRole.ASSISTANT)

    @cached_property
    def names(self) -> StudentNames:
        return names_in(self.course_class)

    def name_of(self, student: Enrollment) -> str:
        """Return what a student is called where the class's others are, too."""
        return self.names.of(student.user)

    def tabs(self, request: HttpRequest) -> PageTabs:
        """Return the tabs of the class; the one that the requested page stands under is current."""
        page = request.resolver_match.url_name if request.resolver_match else ""
        tabs = []
        for label, name in _PAGES:
            url = reverse(name, args=[self.course_class.public_id])
            begins = name != "teach_class" and request.path.startswith(url)
            tabs.append(TabLink(label, url, begins or _WITHIN.get(page or "", page) == name))
        return PageTabs("Pages of this class", tabs)


def class_page(
    least: TeachingRole = TeachingRole.OBSERVER, *, archived: bool = False
) -> Callable[..., Any]:
    """Let a view run for teachers of the class only; it gets a `TaughtClass` for the class's ID.

    A teacher whose role is not enough is told which one is; everybody else gets 404, who is logged
    out the log-in page. In an archived class all teachers are observers, but for views of
    `archived` ones, too.
    """

    def limited(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
        @never_cache
        @wraps(view)
        def taught(request: HttpRequest, class_id: str, **kwargs: object) -> HttpResponse:
            if not request.user.is_authenticated:
                return log_in_first(request)
            found = taught_class(request.user, class_id, archived=archived)
            if found is None:
                raise Http404
            if not includes(found[1], least):
                sentence = what_is_missing(*found, least)
                context = {"title": "Not with your role", "sentence": sentence}
                return render(request, "site/error.html", context, status=403)
            return view(request, TaughtClass(*found), **kwargs)

        return taught

    return limited


def render_class_page(
    request: HttpRequest,
    template: str,
    taught: TaughtClass,
    context: dict[str, Any] | None = None,
    status: int = 200,
) -> HttpResponse:
    """Render a page of a class with its heading and tabs (`teach/class.html`)."""
    shared = {
        "taught": taught,
        "course_class": taught.course_class,
        "class_tabs": taught.tabs(request),
        "ending": ending_of(taught.course_class),
    }
    return render(request, template, shared | (context or {}), status=status)
