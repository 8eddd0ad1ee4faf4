"""*Console Home*: who acts here and until when, what was visited, and all services."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from console.pages.services import SERVICES, all_consoles
from console.signin.console import console_of
from console.signin.guard import console_page
from console.signin.state import ConsoleStore
from console.ui.navigation import Crumb, Navigation
from console.ui.times import time_left


@require_safe
@console_page
def console_home(request: HttpRequest) -> HttpResponse:
    console = console_of(request)
    parts = ConsoleStore(request.session).recent(console.console_id)
    by_part = {service.part: service for service in SERVICES}
    context = {
        "recent": [by_part[part] for part in parts if part in by_part],
        "services": SERVICES,
        "navigation": Navigation("Console Home", request.path, (all_consoles(),)),
        "breadcrumbs": (Crumb("Console Home"),),
        "left": time_left(console.seconds_left),
    }
    return render(request, "site/console_home.html", context)
