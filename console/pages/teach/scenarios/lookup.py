"""The scenario of an address, for views of instructors."""

from collections.abc import Callable
from functools import wraps

from django.contrib.auth.models import User
from django.http import Http404, HttpRequest, HttpResponse

from console.labs.scenarios.models import Scenario
from console.labs.scenarios.shelf import find_scenario, own_scenario
from console.pages.teach.guard import for_instructors

View = Callable[..., HttpResponse]


def instructor_of(request: HttpRequest) -> User:
    """Return who is logged in, in a view for instructors."""
    if not isinstance(request.user, User):
        raise Http404
    return request.user


def scenario_page(*, own: bool = False) -> Callable[[View], View]:
    """Let a view run for instructors who see the scenario of its address, or whose own it is.

    The view gets the `Scenario` in place of its ID; for everybody else it is not there.
    """
    find = own_scenario if own else find_scenario

    def limited(view: View) -> View:
        @for_instructors
        @wraps(view)
        def found(request: HttpRequest, scenario_id: str) -> HttpResponse:
            scenario: Scenario | None = find(instructor_of(request), scenario_id.replace("\0", ""))
            if scenario is None:
                raise Http404
            return view(request, scenario)

        return found

    return limited
