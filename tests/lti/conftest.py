"""A platform that is registered for a class."""

from functools import lru_cache
from typing import Any

import pytest
from django.core.cache import cache
from django.urls import reverse

from console.lti import keys
from console.lti.models import Platform
from tests.classes.conftest import course_class, logged_in, tess  # noqa: F401 - fixtures
from tests.lti.platform import FakePlatform, running

_PEM = lru_cache(keys.new_pem)


@pytest.fixture(autouse=True)
def _the_sites_key_is_made_once(monkeypatch):
    monkeypatch.setattr(keys, "new_pem", _PEM)


@pytest.fixture(scope="module")
def server():
    with running() as fake:
        yield fake


@pytest.fixture
def lms(server: FakePlatform, settings: Any) -> FakePlatform:
    settings.LTI_HOSTS = [server.host]
    server.items.clear()
    server.scores.clear()
    server.members = []
    server.assertions.clear()
    server.status = 200
    cache.clear()
    return server


@pytest.fixture
def platform(lms, tess, course_class):  # noqa: F811
    url = reverse("teach_platforms", args=[course_class.public_id])
    assert logged_in(tess).post(url, lms.fields()).status_code == 302
    return Platform.objects.get()
