"""A world with keys, and clients that reach it."""

import logging
from collections.abc import Iterator
from typing import Any

import pytest
from botocore import UNSIGNED
from pytest_django import DjangoDbBlocker

from tests.endpoint.clients import Clients, Keys, keys_of
from tests.endpoint.federating import NOBODY, make_federated
from tests.endpoint.serving import served
from tests.worlds import World, allow, make_world


@pytest.fixture
def world(db: None) -> World:
    return make_world("alice")


@pytest.fixture
def clients() -> Clients:
    """Clients of the endpoint, in process."""
    return Clients()


@pytest.fixture
def admin(world: World) -> Keys:
    world.add_user("admin", allow("*"))
    return keys_of(world.do("CreateAccessKey", UserName="admin")["AccessKey"])


@pytest.fixture
def s3(clients: Clients, admin: Keys) -> Any:
    """A client of S3, and the lesson's bucket."""
    client = clients("s3", admin)
    client.create_bucket(Bucket="lesson-files")
    return client


@pytest.fixture
def sts(clients: Clients) -> Any:
    return clients("sts", NOBODY, signature_version=UNSIGNED)


@pytest.fixture
def federated(world: World) -> World:
    return make_federated(world)


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


@pytest.fixture(scope="session")
def site(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[str]:
    """The address of the site as `make run` serves it, on the tests' database."""
    with django_db_blocker.unblock(), served() as address:
        yield address


@pytest.fixture
def endpoint(site: str, transactional_db: None) -> str:
    """The endpoint of the served site, which sees what a test has committed."""
    return f"{site}/aws"


@pytest.fixture
def lesson(endpoint: str) -> tuple[World, Clients, Keys]:
    """A world with an administrator, and clients that reach it over a socket."""
    world = make_world("alice")
    world.add_user("admin", allow("*"))
    keys = keys_of(world.do("CreateAccessKey", UserName="admin")["AccessKey"])
    return world, Clients(endpoint, in_process=False), keys
