"""Instructors in their browsers, and a draft."""

import pytest
from django.contrib.auth.models import Group, User
from django.test import Client

from console.labs.authoring.drafts import begin_draft
from console.labs.site_users import INSTRUCTORS
from tests.labs.authoring.conftest import FILES, Gates

__all__ = ["FILES"]


def browser_of(name, *groups):
    user = User.objects.create_user(name)
    user.groups.set(Group.objects.filter(name__in=groups))
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def tess(db):
    return browser_of("tess", INSTRUCTORS)


@pytest.fixture
def ines(db):
    return browser_of("ines", INSTRUCTORS)


@pytest.fixture
def draft(tess):
    return begin_draft(User.objects.get(username="tess"), "our-lab", FILES)


@pytest.fixture
def gates(monkeypatch):
    found = Gates()
    monkeypatch.setattr("console.labs.authoring.gate_runs.GateProcess", found)
    return found
