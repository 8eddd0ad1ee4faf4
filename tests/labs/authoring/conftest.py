"""Instructors, and a draft of one of them."""

import pytest
from django.contrib.auth.models import Group, User

from console.labs.authoring import gate_process
from console.labs.authoring.drafts import begin_draft
from console.labs.catalog import all_labs
from console.labs.site_users import INSTRUCTORS

FILES = dict(all_labs()["same-account-role"].files)


def instructor(name):
    user = User.objects.create_user(name)
    user.groups.add(Group.objects.get(name=INSTRUCTORS))
    return user


@pytest.fixture
def tess(db):
    return instructor("tess")


@pytest.fixture
def ines(db):
    return instructor("ines")


@pytest.fixture
def draft(tess):
    return begin_draft(tess, "our-lab", FILES)


class Gates:
    """What stands in for the process: `faults` and `error` are what it will have found."""

    def __init__(self):
        self.faults, self.error, self.asked, self.meanwhile = [], "", [], lambda: None

    def __call__(self, slug, files):
        self.asked.append((slug, files))
        return self

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.asked.append("ended")

    def progress(self):
        yield gate_process.GateProgress("The solution passes", 3, 31)
        self.meanwhile()
        yield gate_process.GateProgress("Student 20 of 20", 30, 31)


@pytest.fixture
def gates(monkeypatch):
    found = Gates()
    monkeypatch.setattr("console.labs.authoring.gate_runs.GateProcess", found)
    return found
