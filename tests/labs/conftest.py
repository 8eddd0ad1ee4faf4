"""What the tests of scenarios share."""

import pytest
from django.contrib.auth import get_user_model

from console.labs.scenarios import DEMO, SeededSandbox, seed_scenario


@pytest.fixture
def alice(db):
    return get_user_model().objects.create_user("alice")


@pytest.fixture
def bob(db):
    return get_user_model().objects.create_user("bob")


@pytest.fixture
def demo(alice) -> SeededSandbox:
    return seed_scenario(DEMO.read_text(encoding="utf-8"), alice)
