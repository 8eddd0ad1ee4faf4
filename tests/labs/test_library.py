"""Every lab of the library passes the gates: its own answers, judged by its own checks."""

import pytest

from console.labs.files import read_lab
from console.labs.library import LIBRARY, slugs
from console.labs.trials import is_vouched_for, long_faults, short_faults

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("slug", slugs())
def test_a_lab_passes_every_gate(slug):
    """The long gates are for labs that changed since `make labs` wrote their report."""
    lab = read_lab(LIBRARY / slug)
    gates = short_faults if is_vouched_for(lab, LIBRARY / slug) else long_faults

    assert gates(lab) == []


def test_a_lab_names_only_labs_that_there_are_as_its_forerunners():
    assert {one for slug in slugs() for one in read_lab(LIBRARY / slug).after} <= set(slugs())
