"""The page that a visitor came from, in `?from=`."""

from django.http import HttpRequest

from console.signin.local_paths import local_path


def came_from(request: HttpRequest) -> str:
    """Return the address in `?from=`, if it is a page of this site."""
    return local_path(request.GET.get("from", ""))
