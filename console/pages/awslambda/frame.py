"""The frame of the Lambda pages."""

from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from console.pages.calls import CallResult
from console.pages.refusals import refused_page
from console.pages.services import LAMBDA, related_consoles
from console.signin.console import console_of
from console.ui.navigation import Crumb, Navigation, NavItem, NavSection
from iam.catalogue.regions import region_city


def lambda_frame(request: HttpRequest, trail: Sequence[tuple[str, str]] = ()) -> dict[str, Any]:
    """Return the frame's context; `trail` (label, URL) stands after *Lambda > Functions*."""
    functions = reverse("functions")
    navigation = Navigation(
        title="AWS Lambda",
        url=functions,
        sections=(
            NavSection((NavItem("Functions", functions, current=True),)),
            related_consoles(LAMBDA),
        ),
    )
    crumbs = [Crumb("Lambda", functions), Crumb("Functions", functions)]
    crumbs += [Crumb(label, url) for label, url in trail]
    return {
        "navigation": navigation,
        "breadcrumbs": crumbs,
        "region": region_city(console_of(request).caller.origin.region),
        "help_topic": "lambda-functions",
    }


def refused_function(request: HttpRequest, name: str, result: CallResult) -> HttpResponse:
    """Return the page of a function that cannot be shown."""
    return refused_page(
        request,
        result,
        lambda title: lambda_frame(request, [(name, ""), (title, "")]),
        reverse("functions"),
    )
