"""*Open in another browser*: a link and its QR code, which open an attempt's world once."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from console.labs.attempts import attempt_behind, browsers_of, end_browser, new_link
from console.labs.lab_versions import lab_of
from console.pages.labs.lookup import is_own, owned_attempt
from console.pages.qr_codes import qr_code
from console.signin.other_browsers import open_world
from console.ui.flash import flash_success


@never_cache
@require_http_methods(["GET", "POST"])
def attempt_browsers(request: HttpRequest, attempt_id: str) -> HttpResponse:
    """Show in which other browsers the world is open; by POST with a link for one more."""
    attempt, lab = owned_attempt(request, attempt_id)
    context = {"attempt": attempt, "lab": lab, "browsers": browsers_of(attempt)}
    if request.method == "POST":
        path = reverse("open_world", args=[new_link(attempt)])
        url = request.build_absolute_uri(path)
        context |= {"url": url, "picture": qr_code(url, 5)}
    return render(request, "labs/browsers.html", context)


@require_POST
def attempt_browser_end(request: HttpRequest, attempt_id: str, number: int) -> HttpResponse:
    """Close the world in one of the other browsers."""
    attempt, _ = owned_attempt(request, attempt_id)
    if number >= 2**63 or not end_browser(attempt, number):
        raise Http404
    flash_success(request, "The world is closed in that browser.")
    return redirect("attempt_browsers", attempt_id)


def _spent(request: HttpRequest) -> HttpResponse:
    context = {
        "title": "This link no longer works",
        "sentence": (
            "A link works once, within ten minutes. Make a new one in the browser that you work "
            "in: Open in another browser, on the lab's page."
        ),
        "label": "Start page",
        "url": reverse("start"),
    }
    return render(request, "signin/stopped.html", context, status=410)


@never_cache
@require_http_methods(["GET", "POST"])
def open_world_here(request: HttpRequest, token: str) -> HttpResponse:
    """Ask first: a program that only looks at the address uses no link. Then open the world."""
    attempt = attempt_behind(token)
    if attempt is None:
        return _spent(request)
    if is_own(request, attempt):
        return redirect("attempt", attempt.public_id)
    if request.method == "POST":
        opened = open_world(request, token)
        return redirect("attempt", attempt.public_id) if opened else _spent(request)
    return render(request, "labs/open_here.html", {"lab": lab_of(attempt)})
