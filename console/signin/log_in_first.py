"""What whoever is logged out gets instead of a page."""

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from console.signin.local_paths import sent_from


def log_in_first(request: HttpRequest) -> HttpResponse:
    """Lead to the log-in and from there to the page: of what was sent, the page with its form.

    What a form sent is gone by then, and its own address may show nothing.
    """
    reads = request.method in {"GET", "HEAD"}
    back = request.get_full_path() if reads else sent_from(request)
    return redirect_to_login(back or reverse("start"))
