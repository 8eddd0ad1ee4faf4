"""The start page, the icon by its oldest address, and the answer to a load balancer's question."""

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
    """Lead browsers that look for an icon by its oldest address to the one that pages name."""
    del request
    return redirect(static("rolecall/favicon.svg"))


def healthz(request: HttpRequest) -> HttpResponse:
    """Answer `ok` when the database does."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return HttpResponse("ok\n", content_type="text/plain")
