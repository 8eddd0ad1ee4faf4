"""Where a change of identity leads: to the page it began on, or to Console Home."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from console.signin.calls import keep_shown_calls
from console.signin.console import visited
from console.signin.local_paths import local_path
from console.ui.flash import flash_success

_LANDING, _FORBIDDEN = "landing", 403


def page_before(request: HttpRequest) -> str:
    """Return the page of this site that a switch began on, from AWS's parameter for it."""
    given = request.POST if request.method == "POST" else request.GET
    return local_path(given.get("redirect_uri", ""))


def land(request: HttpRequest, sentence: str) -> HttpResponse:
    """Go to the page that a change of identity began on, if it may be seen, with a flash bar."""
    page = page_before(request)
    if page:
        request.session[_LANDING] = {"page": page, "sentence": sentence}
    flash_success(request, sentence)
    return HttpResponseRedirect(page or reverse("console_home"))


def landed(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """Return the page after a change of identity, or Console Home if its first call was denied.

    The first call of a page brings what the page is about.
    """
    if request.method != "GET" or _LANDING not in request.session:
        return response
    landing = request.session.pop(_LANDING)
    if landing["page"] != request.get_full_path() or not _is_denied(request, response):
        return response
    keep_shown_calls(request)
    flash_success(request, landing["sentence"])
    return HttpResponseRedirect(reverse("console_home"))


def _is_denied(request: HttpRequest, response: HttpResponse) -> bool:
    first = next(iter(visited(request).visit.outcomes), None)
    return response.status_code == _FORBIDDEN or (first is not None and first.denied)
