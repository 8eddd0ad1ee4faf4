"""The labs that the fence is tried on: two attacks, and one with an identity provider."""

from pathlib import Path

import pytest

from console.labs.files import LabFile, read_lab
from tests.labs.fence.student import Student, student_of, with_rules
from tests.labs.files.folders import LAB, write_lab

WITH_PEOPLE = LAB.replace(
    "    - {account: you, name: dev}\n",
    "    - {account: you, name: dev}\n"
    "  identity_provider: {people: [{name: alice, email: a@example.com}, "
    "{name: mallory, email: m@example.com}]}\n",
).replace("may_act_as: [you/dev,", "may_act_as: [{person: alice}, {root: you}, you/dev,")


@pytest.fixture
def dev(db: None) -> Student:
    """A student who has to attack as you/dev, and may act as you/sec only afterwards."""
    return student_of("update-assume-role-policy")


@pytest.fixture
def deputy(db: None) -> Student:
    """A student of the confused deputy, with a vendor and a thief in the world."""
    return student_of("external-id")


@pytest.fixture
def lab(tmp_path: Path) -> LabFile:
    """A lab with two people, of whom its student may act as one."""
    return read_lab(write_lab(tmp_path, lab_yaml=WITH_PEOPLE))


@pytest.fixture
def guest(db: None, lab: LabFile, monkeypatch: pytest.MonkeyPatch) -> Student:
    with_rules(monkeypatch, lab)
    return student_of(lab)
