"""What the tests of signing in share."""

import pytest

from tests.signin.browsing import Browser, open_world
from tests.worlds import World


@pytest.fixture
def world(db: None) -> World:
    """A public sandbox with the user `ann`, who has a password."""
    return open_world()


@pytest.fixture
def tab() -> Browser:
    """A tab that nobody has signed in with."""
    return Browser()
