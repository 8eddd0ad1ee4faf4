"""What the tests of IAM's operations share."""

from typing import Any

import pytest

from iam.wire.errors import AwsError
from tests.worlds import World, make_world


@pytest.fixture
def world(db) -> World:
    return make_world("alice")


@pytest.fixture
def refusal(world):
    """Perform an operation as root that must be refused; returns AWS's error."""

    def refuse(operation: str, **params: Any) -> AwsError:
        with pytest.raises(AwsError) as caught:
            world.do(operation, **params)
        return caught.value

    return refuse
