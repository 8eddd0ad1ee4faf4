"""The page a visitor came from, as `?from=` has it."""

from django.http import HttpRequest
from django.utils.http import url_has_allowed_host_and_scheme


def came_from(request: HttpRequest) -> str:
    """Return where the visitor came from, if that is a page of this site."""
    url = request.GET.get("from", "")
    ours = url.startswith("/") and url_has_allowed_host_and_scheme(url, allowed_hosts=None)
    return url if ours else ""
