"""What the tests of labs' pages share."""

import pytest
from django.contrib.auth import get_user_model
from django.test import Client

from console.labs.attempts import begin_attempt
from console.labs.catalog import all_labs


def logged_in(name, *, administrator=False):
    client = Client()
    users = get_user_model().objects
    client.force_login(
        users.get_or_create(username=name, defaults={"is_superuser": administrator})[0]
    )
    return client


@pytest.fixture
def alice(db):
    return logged_in("alice")


def begun(slug):
    """Return alice's attempt of a lab."""
    return begin_attempt(get_user_model().objects.get(username="alice"), all_labs()[slug])


@pytest.fixture
def attempt(alice):
    """Alice's attempt of the first lab."""
    del alice
    return begun("same-account-role")
