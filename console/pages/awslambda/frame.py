"""The frame of the Lambda pages."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from console.pages.calls import CallResult
from console.pages.refusals import refused_page
from console.pages.service_frame import Trail, service_frame
from console.pages.services import LAMBDA
from console.signin.console import console_of
from iam.catalogue.regions import region_city


def lambda_frame(request: HttpRequest, trail: Trail = ()) -> dict[str, Any]:
    """Return the frame's context; `trail` (label, URL) stands after *Lambda > Functions*."""
    region = region_city(console_of(request).caller.origin.region)
    pages, topic = {"Functions": "functions"}, "lambda-functions"
    frame = service_frame(LAMBDA, pages, trail, heading="AWS Lambda", help_topic=topic)
    return {**frame, "region": region}


def refused_function(request: HttpRequest, name: str, result: CallResult) -> HttpResponse:
    """Return the page of a function that cannot be shown."""
    return refused_page(
        request,
        result,
        lambda title: lambda_frame(request, [(name, ""), (title, "")]),
        reverse("functions"),
    )
