"""What the tests of STS share."""

import pytest

from iam.models import Account
from tests.sts.asking import OTHER_ACCOUNT
from tests.worlds import World, make_world


@pytest.fixture
def world(db: None) -> World:
    return make_world("alice")


@pytest.fixture
def other(world: World) -> Account:
    return world.add_account(OTHER_ACCOUNT)
