"""Sessions, as they are read for every page."""

from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.utils import timezone

from console.signin.sessions import SessionStore

pytestmark = pytest.mark.django_db


def test_a_session_is_there_until_it_expires():
    made = SessionStore()
    made["world"] = 7
    made.save()
    assert SessionStore(made.session_key)["world"] == 7
    Session.objects.update(expire_date=timezone.now() - timedelta(seconds=1))
    expired = SessionStore(made.session_key)
    assert "world" not in expired
    assert expired.session_key is None


def test_a_key_that_nobody_was_given_opens_none():
    made_up = SessionStore("a" * 32)
    assert made_up.is_empty() is False  # until it is read
    assert dict(made_up.items()) == {}
    assert made_up.session_key is None
