"""The decorator that every page of instructors runs under."""

from collections.abc import Callable
from functools import wraps

from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache

from console.labs.site_users import is_instructor


def for_instructors(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Let a view run for the site's instructors and administrators; to others it is not there."""

    @never_cache
    @wraps(view)
    def guarded(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        if not is_instructor(request.user):
            raise Http404
        return view(request, *args, **kwargs)

    return guarded
