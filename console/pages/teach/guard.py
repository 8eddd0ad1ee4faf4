"""The decorator that every page of instructors runs under."""

from collections.abc import Callable
from functools import wraps

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache

from console.labs.site_users import is_instructor
from console.signin.log_in_first import log_in_first


def for_instructors(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Let a view run for the site's instructors and administrators; to others it is not there."""

    @never_cache
    @wraps(view)
    def guarded(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        if not request.user.is_authenticated:
            return log_in_first(request)
        if not is_instructor(request.user):
            raise Http404
        return view(request, *args, **kwargs)

    return guarded
