"""Whom a student must mark in the lab about shadow administrators: those whom the engine finds."""

import pytest

from console.labs.files import read_lab
from console.labs.library import LIBRARY
from console.labs.trials.trial import begin
from iam.analysis import escalations_of_all


@pytest.mark.django_db
def test_the_right_marks_are_the_users_who_could_become_administrator():
    lab = read_lab(LIBRARY / "shadow-admins")
    (marking,) = lab.task("mark").checks
    found = {
        one.someone.name
        for one in escalations_of_all(begin(lab, "marks").case().world)
        if one.paths and one.someone.kind == "user" and one.someone.name in marking.asks["options"]
    }
    assert found == set(marking.asks["right"])
