"""A bare Django page: Django's own middleware, a session, a user, a form, a table of rows."""

from collections.abc import Callable
from functools import cache
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.template.backends.django import DjangoTemplates
from django.test import override_settings
from django.urls import path

from tests.bench.site.browser import Browser

_MIDDLEWARE = [
    "tests.bench.site.bare.own_addresses",
    "django.middleware.security.SecurityMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]
_SESSIONS = "django.contrib.sessions.backends.db"
_PROCESSORS = [
    "django.template.context_processors.request",
    "django.contrib.auth.context_processors.auth",
    "django.contrib.messages.context_processors.messages",
]
_PAGE = """<!DOCTYPE html>
<html lang="en">
  <head><title>{{ title }}</title></head>
  <body>
    <p>{{ user.username }}, {{ visits }}</p>
    <form method="post">{% csrf_token %}<button>Save</button></form>
    <table>
      {% for row in rows %}
        <tr>
          <td><a href="/roles/{{ row.name }}">{{ row.name }}</a></td>
          {% for cell in row.cells %}<td>{{ cell }}</td>{% endfor %}
        </tr>
      {% endfor %}
    </table>
  </body>
</html>
"""


@cache
def _template() -> Any:
    options = {"context_processors": _PROCESSORS}
    engine = DjangoTemplates({"NAME": "bare", "DIRS": [], "APP_DIRS": False, "OPTIONS": options})
    return engine.from_string(_PAGE)


def own_addresses(get_response: Callable[[HttpRequest], HttpResponse]) -> Any:
    """Answer from the one address below, whatever the site has."""

    def answer(request: HttpRequest) -> HttpResponse:
        request.urlconf = "tests.bench.site.bare"
        return get_response(request)

    return answer


def page(request: HttpRequest) -> HttpResponse:
    """List the first rows of the users' table, each with so many cells."""
    from iam.models import User  # noqa: PLC0415

    rows, cells = (int(request.GET.get(name, "0")) for name in ("rows", "cells"))
    found = User.unbound.order_by("name").values_list("name", "path", "created_at")[:rows]
    listed = [
        {"name": name, "cells": [path, created, "Never", *"-" * cells][:cells]}
        for name, path, created in found
    ]
    context = {
        "title": "Bare",
        "rows": listed if rows else [],
        "visits": request.session.get("visits", 0),
    }
    return HttpResponse(_template().render(context, request))


urlpatterns = [path("bare", page)]


def bare_browser() -> Browser:
    """Return a browser of the bare page, whose user is logged in."""
    from django.contrib.auth.models import User  # noqa: PLC0415
    from django.core.handlers.wsgi import WSGIHandler  # noqa: PLC0415
    from django.test import Client  # noqa: PLC0415

    with override_settings(MIDDLEWARE=_MIDDLEWARE, SESSION_ENGINE=_SESSIONS):
        application = WSGIHandler()
    client = Client(SERVER_NAME="localhost")
    client.force_login(User.objects.get_or_create(username="bare")[0])
    return Browser(client.cookies, application)
