"""A page in the place of one that cannot be shown."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from console.pages.calls import CallResult
from console.pages.iam.entities.entity_pages import KINDS
from console.pages.iam.navigation import iam_frame

_CRUMBS = {
    "policies": "Policies",
    "providers": "Identity providers",
    **{kind.plural: kind.crumb for kind in KINDS.values()},
}
_NOT_THERE = {"NoSuchEntity", "ValidationError", "InvalidInput"}


def refused_page(request: HttpRequest, answer: CallResult, current: str) -> HttpResponse:
    """Show why a page cannot be shown: what it is about does not exist, or it is denied."""
    missing = answer.code in _NOT_THERE
    title = "Not found" if missing else "Access denied"
    trail = [(_CRUMBS[current], reverse(current)), (title, "")]
    context = {
        **iam_frame(request, current, trail),
        "answer": answer,
        "missing": missing,
        "back": reverse(current),
    }
    return render(request, "iam/entities/refused.html", context, status=404 if missing else 403)
