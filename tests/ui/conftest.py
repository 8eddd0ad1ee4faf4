"""Requests as the kit sees them."""

import pytest
from django.contrib.messages.middleware import MessageMiddleware
from django.contrib.sessions.middleware import SessionMiddleware
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory


def _answer(request: HttpRequest) -> HttpResponse:
    return HttpResponse()


@pytest.fixture
def request_for(rf: RequestFactory, settings):
    settings.SESSION_ENGINE = "django.contrib.sessions.backends.signed_cookies"

    def make(url: str = "/roles") -> HttpRequest:
        request = rf.get(url)
        SessionMiddleware(_answer).process_request(request)
        MessageMiddleware(_answer).process_request(request)
        return request

    return make


@pytest.fixture
def gallery_settings(settings):
    """The gallery alone, without the parts that know IAM."""
    from tests.ui import gallery_settings as wanted  # noqa: PLC0415

    settings.ROOT_URLCONF = wanted.ROOT_URLCONF
    settings.TEMPLATES = wanted.TEMPLATES
    settings.MIDDLEWARE = wanted.MIDDLEWARE
    settings.SESSION_ENGINE = wanted.SESSION_ENGINE
