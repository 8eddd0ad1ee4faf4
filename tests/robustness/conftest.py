"""One furnished demo world for the tests of a module; what a test changes is rolled back."""

from collections.abc import Iterator

import pytest
from django.db import transaction
from pytest_django import DjangoDbBlocker

from tests.robustness.cast import Demo, furnished


@pytest.fixture(scope="module")
def shared_demo(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Demo]:
    with django_db_blocker.unblock(), transaction.atomic():
        yield furnished()
        transaction.set_rollback(True)


@pytest.fixture
def demo(shared_demo: Demo, db: None) -> Demo:
    return shared_demo
