"""What the tests of IAM's operations share."""

import pytest

from tests.worlds import World, make_world


@pytest.fixture
def world(db) -> World:
    """Alice's sandbox with one account."""
    return make_world("alice")
