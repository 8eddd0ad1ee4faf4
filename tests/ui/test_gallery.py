"""Every component in one page, under the site's own policy."""

import re

import pytest
from django.test import Client

pytestmark = pytest.mark.urls("tests.ui.gallery")


@pytest.fixture(autouse=True)
def gallery_settings(settings):
    from tests.ui import gallery_settings as wanted  # noqa: PLC0415

    settings.TEMPLATES = wanted.TEMPLATES
    settings.MIDDLEWARE = wanted.MIDDLEWARE
    settings.SESSION_ENGINE = wanted.SESSION_ENGINE


@pytest.fixture
def gallery(client: Client):
    return client.get("/?flash&errors").content.decode()


def test_the_gallery_shows_every_component(gallery: str):
    assert "Access denied" in gallery
    assert "Rolecall is a teaching replica and no AWS product." in gallery


def test_nothing_is_inline_that_a_strict_policy_forbids(gallery: str):
    assert not re.search(r"\son\w+=", gallery)
    assert not re.search(r"\sstyle=", gallery)
    assert not re.search(r"<script(?![^>]*(\bsrc=|application/json))", gallery)


def test_what_a_user_typed_is_escaped_in_a_flash_bar(gallery: str):
    assert "Role &lt;S3Role&gt; created." in gallery
