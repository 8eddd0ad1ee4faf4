"""A page of IAM in the place of one that cannot be shown."""

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from console.pages import refusals
from console.pages.calls import CallResult
from console.pages.iam.navigation import LISTS, iam_frame


def refused_page(request: HttpRequest, result: CallResult, current: str) -> HttpResponse:
    """Show why a page cannot be shown, with the way back to the list that `current` names."""
    back = reverse(current)
    return refusals.refused_page(
        request,
        result,
        lambda title: iam_frame(request, current, [(LISTS[current], back), (title, "")]),
        back,
    )
