"""The two attack labs that the fence is tried on."""

import pytest

from tests.labs.fence.student import Student, student_of


@pytest.fixture
def dev(db: None) -> Student:
    """A student who has to attack as you/dev, and may act as you/sec only afterwards."""
    return student_of("update-assume-role-policy")


@pytest.fixture
def deputy(db: None) -> Student:
    """A student of the confused deputy, with a vendor and a thief in the world."""
    return student_of("external-id")
