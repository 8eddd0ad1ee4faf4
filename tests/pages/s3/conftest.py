"""A world with a bucket, and its root user at the browser."""

import pytest

from tests.pages.visitor import Visitor, open_world
from tests.worlds import World


@pytest.fixture
def world(db: None) -> World:
    return open_world()


@pytest.fixture
def root(world: World) -> Visitor:
    return Visitor(world)
