"""A world with keys, and clients that reach it."""

import logging
from collections.abc import Iterator

import pytest

from tests.endpoint.clients import Clients, Keys, keys_of
from tests.worlds import World, allow, make_world


@pytest.fixture
def world(db: None) -> World:
    """Alice's sandbox with one account."""
    return make_world("alice")


@pytest.fixture
def clients() -> Clients:
    """Clients of the endpoint, in process."""
    return Clients()


@pytest.fixture
def admin(world: World) -> Keys:
    """The keys of a user who may do everything."""
    world.add_user("admin", allow("*"))
    return keys_of(world.do("CreateAccessKey", UserName="admin")["AccessKey"])


@pytest.fixture(autouse=True)
def _nothing_breaks(caplog: pytest.LogCaptureFixture) -> Iterator[None]:
    """Fail a test in which the endpoint failed, whatever its client made of it."""
    yield
    broken = [
        r
        for r in caplog.get_records("call")
        if r.levelno >= logging.ERROR and r.name != "django.request"
    ]
    assert [r.getMessage() for r in broken] == []
