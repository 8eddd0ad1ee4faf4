"""Every lab of the library passes the gates: its own answers, judged by its own checks."""

import pytest

from console.labs.files import read_lab
from console.labs.library import LIBRARY, slugs
from console.labs.trials import gate_faults, unsteady_results, unsteady_seeds, untested_checks

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("slug", slugs())
def test_a_lab_passes_every_gate(slug):
    assert gate_faults(read_lab(LIBRARY / slug)) == []


@pytest.mark.parametrize("slug", slugs())
def test_every_check_catches_a_wrong_answer_that_no_other_does(slug):
    assert list(untested_checks(read_lab(LIBRARY / slug))) == []


@pytest.mark.parametrize("slug", slugs())
def test_answers_are_judged_the_same_hours_and_weeks_later(slug):
    assert list(unsteady_results(read_lab(LIBRARY / slug))) == []


@pytest.mark.parametrize("slug", slugs())
def test_the_solution_passes_for_other_students(slug):
    assert list(unsteady_seeds(read_lab(LIBRARY / slug), seeds=2)) == []


@pytest.mark.parametrize("slug", slugs())
def test_a_lab_has_a_page_for_the_teacher(slug):
    assert read_lab(LIBRARY / slug).teacher


def test_a_lab_names_only_labs_that_there_are_as_its_forerunners():
    assert {one for slug in slugs() for one in read_lab(LIBRARY / slug).after} <= set(slugs())
