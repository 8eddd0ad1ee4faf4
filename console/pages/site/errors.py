"""The error pages."""

import sys

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string

from console.outages import outage_of


def _page(request: HttpRequest, status: int, title: str, sentence: str) -> HttpResponse:
    context = {"title": title, "sentence": sentence}
    return render(request, "site/error.html", context, status=status)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    sentence = "Your browser sent something that this site does not understand. Nothing was done."
    return _page(request, 400, "Bad request", sentence)


def denied(request: HttpRequest, exception: Exception) -> HttpResponse:
    return _page(request, 403, "Not allowed", "You don't have access to this page.")


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return _page(request, 404, "Page not found", "There is no page at this address.")


def wrong_method(request: HttpRequest) -> HttpResponse:
    if request.method in {"GET", "HEAD"}:
        sentence = (
            "This address only receives forms and buttons; it has no page of its own. "
            "Nothing was done. Go back and use the button there."
        )
        return _page(request, 405, "There is no page to show here", sentence)
    sentence = "This address only shows a page; nothing can be sent to it. Nothing was done."
    return _page(request, 405, "Nothing can be sent to this address", sentence)


def bare_page(status: int, title: str, sentence: str) -> HttpResponse:
    """Render a page that needs no session, database or context that might fail."""
    context = {"title": title, "sentence": sentence}
    return HttpResponse(render_to_string("site/bare.html", context), status=status)


def broken(request: HttpRequest) -> HttpResponse:
    outage = outage_of(sys.exc_info()[1])
    if outage is not None:
        page = bare_page(503, outage.title, outage.sentence)
        page["Retry-After"] = str(outage.retry_after)
        return page
    sentence = (
        "Something went wrong in Rolecall; it was not your fault. "
        "Your last action may not have been carried out."
    )
    return bare_page(500, "Something broke", sentence)


def stale_form(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Render the page for a form without a valid token, such as one from before a sign-in."""
    sentence = (
        "You signed in or out after this form was shown, or cookies are off. "
        "Nothing was done. Go back, reload the page, and send it again."
    )
    return _page(request, 403, "The form is out of date", sentence)
