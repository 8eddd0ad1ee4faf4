"""The decorator that every page of administrators runs under."""

from collections.abc import Callable
from functools import wraps

from django.contrib.auth.models import User
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache

from console.labs.administrators import is_administrator
from console.signin.guests import guest_of
from console.signin.log_in_first import log_in_first


def for_administrators(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Let a view run for the site's administrators; to others who are logged in it is not there."""

    @never_cache
    @wraps(view)
    def guarded(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        if not request.user.is_authenticated or guest_of(request):
            return log_in_first(request)
        if not is_administrator(request.user):
            raise Http404
        return view(request, *args, **kwargs)

    return guarded


def administrator_of(request: HttpRequest) -> User:
    """Return the administrator; the guard lets nobody else come here."""
    if not isinstance(request.user, User):
        raise Http404
    return request.user
