"""A fresh cast for each test."""

import pytest

from tests.services.cast import Cast, make_cast


@pytest.fixture
def cast(db: None) -> Cast:
    return make_cast()
