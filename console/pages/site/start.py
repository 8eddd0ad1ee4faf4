"""The start page, the icon at its oldest address, and the health check."""

from django.conf import settings
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.templatetags.static import static
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from console.classes.todo import my_classes
from console.disk_faults import disk_fault
from console.labs.open_sandboxes import openable
from console.pages.labs.listing import track_views
from console.signin.guests import may_start


@never_cache
def start(request: HttpRequest) -> HttpResponse:
    """Show the way into the walk-through, then the visitor's classes and all labs."""
    tracks = track_views(request)
    context = {
        "my_classes": my_classes(request.user),
        "tracks": tracks,
        "walk": tracks[0] if tracks else None,
        "may_start": may_start(request),
        "worlds": openable(request.user),
    }
    return render(request, "site/start.html", context)


@require_safe
def favicon(request: HttpRequest) -> HttpResponse:
    """Redirect browsers that look for an icon at its oldest address."""
    del request
    return redirect(static("rolecall/favicon.svg"))


def healthz(request: HttpRequest) -> HttpResponse:
    """Answer `ok` if the database answers and the disk has room, else 503 and what is wrong."""
    wrong = disk_fault(settings.HOME)
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except Exception:
        wrong = "The database does not answer."
    status = 503 if wrong else 200
    return HttpResponse(f"{wrong or 'ok'}\n", status=status, content_type="text/plain")
