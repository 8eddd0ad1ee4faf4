"""Requests as the kit sees them."""

import pytest
from django.contrib.messages.storage.fallback import FallbackStorage
from django.http import HttpRequest
from django.test import RequestFactory


class Session(dict):
    modified = False


@pytest.fixture
def request_for(rf: RequestFactory):
    def make(url: str = "/roles") -> HttpRequest:
        request = rf.get(url)
        request.session = Session()
        request._messages = FallbackStorage(request)
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
