"""The start page, the icon at its oldest address, and the health check."""

from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.templatetags.static import static
from django.views.decorators.http import require_safe

from console.labs.open_sandboxes import openable


def start(request: HttpRequest) -> HttpResponse:
    return render(request, "site/start.html", {"worlds": openable(request.user)})


@require_safe
def favicon(request: HttpRequest) -> HttpResponse:
    """Redirect browsers that look for an icon at its oldest address."""
    del request
    return redirect(static("rolecall/favicon.svg"))


def healthz(request: HttpRequest) -> HttpResponse:
    """Answer `ok` if the database answers."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return HttpResponse("ok\n", content_type="text/plain")
