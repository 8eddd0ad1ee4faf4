"""What the tests of signing in share."""

import pytest

from tests.signin.browsing import Browser, open_world
from tests.worlds import World


@pytest.fixture
def world(db: None) -> World:
    return open_world()


@pytest.fixture
def tab() -> Browser:
    return Browser()
