"""A class, and what stands under each name that an address of the API takes."""

import pytest

from console.api.http.throttles import MakingThrottle, TokenThrottle
from console.classes.models import Enrollment, Team
from console.classes.work import begin_assigned
from console.labs.scenarios.reader import DEMO
from console.labs.scenarios.shelf import add_scenario
from tests.classes.conftest import course_class, sam, tess  # noqa: F401
from tests.classes.working import LAB, assign


@pytest.fixture(autouse=True)
def _no_hurry(monkeypatch):
    """Let a test send as many requests as it likes; the throttles have tests of their own."""
    monkeypatch.setattr(TokenThrottle, "allow_request", lambda *_: True)
    monkeypatch.setattr(MakingThrottle, "allow_request", lambda *_: True)


@pytest.fixture
def values(course_class, sam, tess):  # noqa: F811
    """What stands under each name: Tess teaches, Sam works alone on an assignment."""
    assignment = assign(course_class)
    attempt = begin_assigned(sam, assignment)
    blue = Team.objects.create(course_class=course_class, name="Blue")
    scenario = add_scenario(tess, DEMO.read_text(encoding="utf-8"), name="Zebra-7")
    Enrollment.objects.filter(pk=sam.pk).update(reference="Zebra-7")
    return {
        "class_id": course_class.public_id,
        "student_id": sam.public_id,
        "assignment_id": assignment.public_id,
        "attempt_id": attempt.public_id,
        "team_id": blue.public_id,
        "scenario_id": scenario.public_id,
        "sandbox_id": attempt.sandbox_id,
        "slug": LAB,
    }
