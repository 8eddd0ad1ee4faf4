"""Site passwords: Argon2id, older hashes upgraded, and no name is given away by the work done."""

from collections import Counter

import pytest
from django.contrib.auth import authenticate
from django.contrib.auth.hashers import (
    Argon2PasswordHasher,
    PBKDF2PasswordHasher,
    get_hasher,
    make_password,
)
from django.contrib.auth.models import User

from console import settings as site_settings
from console.labs.guests import new_guest

pytestmark = pytest.mark.django_db

PASSWORD = "Correct-Horse-7"


@pytest.fixture(autouse=True)
def _the_sites_hashers(settings, monkeypatch):
    settings.PASSWORD_HASHERS = site_settings.PASSWORD_HASHERS
    monkeypatch.setattr(PBKDF2PasswordHasher, "iterations", 1000)


def add(name, hasher="default", **fields):
    return User.objects.create(
        username=name, password=make_password(PASSWORD, hasher=hasher), **fields
    )


@pytest.fixture
def hashing(monkeypatch):
    """Count the work of each hasher: an encoding or a verification is one."""
    done: Counter[str] = Counter()
    nested: list[str] = []  # PBKDF2 verifies by encoding

    def count(hasher, method):
        original = getattr(hasher, method)

        def counted(self, *arguments):
            done[self.algorithm] += not nested
            nested.append(method)
            try:
                return original(self, *arguments)
            finally:
                nested.pop()

        monkeypatch.setattr(hasher, method, counted)

    for hasher in (Argon2PasswordHasher, PBKDF2PasswordHasher):
        for method in ("encode", "verify"):
            count(hasher, method)
    return done


def test_the_parameters_are_those_that_were_measured():
    hash_ = make_password(PASSWORD)
    assert hash_.startswith("argon2$argon2id$v=19$m=19456,t=2,p=1$")
    assert not get_hasher().must_update(hash_)


def test_an_older_hash_is_upgraded_at_log_in():
    user = add("ann", "pbkdf2_sha256")
    assert authenticate(username="ann", password=PASSWORD) == user
    user.refresh_from_db()
    assert user.password.startswith("argon2$")
    assert authenticate(username="ann", password=PASSWORD) == user


@pytest.mark.parametrize("older", [False, True])
def test_whoever_is_named_a_wrong_password_costs_the_same(hashing, older):
    add("new")
    add("gone", is_active=False)
    guest = new_guest().get_username()
    names = ["new", "NEW", "gone", guest, "nobody"]
    if older:
        add("old", "pbkdf2_sha256")
        names.append("old")
    for name in names:
        hashing.clear()
        assert authenticate(username=name, password="wrong") is None
        assert hashing == {"argon2": 1, **({"pbkdf2_sha256": 1} if older else {})}, name


def test_somebody_inactive_costs_the_same_with_the_right_password(hashing):
    add("gone", is_active=False)
    hashing.clear()
    assert authenticate(username="gone", password=PASSWORD) is None
    assert hashing == {"argon2": 1}


def test_a_name_is_found_in_any_case_of_letters_unless_two_differ_in_nothing_else():
    ann = add("Ann")
    assert authenticate(username="ann", password=PASSWORD) == ann
    other = add("ann")
    assert authenticate(username="ann", password=PASSWORD) == other
    assert authenticate(username="Ann", password=PASSWORD) == ann
    assert authenticate(username="ANN", password=PASSWORD) is None
