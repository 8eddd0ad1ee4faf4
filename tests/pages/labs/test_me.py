"""*My progress*: what a student did, certificates, and the student's own data."""

import re

import pytest
from django.contrib.auth import get_user_model
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from console.labs.attempts import begin_attempt
from console.labs.catalog import all_labs
from console.labs.models import Attempt, HintUse, Response, Solve
from console.labs.tracks import all_tracks
from iam.models import Event, Sandbox
from tests.pages.labs.conftest import logged_in
from tests.pages.visitor import text_of

pytestmark = pytest.mark.django_db


def owner(name):
    return get_user_model().objects.get(username=name)


def solve_all(attempt, lab):
    for task in lab.tasks:
        Solve.objects.create(attempt=attempt, task=task.id, points=task.points)
    Attempt.objects.filter(pk=attempt.pk).update(finished_at=attempt.started_at)


def finish_track(user):
    """Finish every lab of the first track, without doing them."""
    track = all_tracks()[0]
    for lab in track.labs:
        solve_all(begin_attempt(user, lab), lab)
    return track


def test_a_student_sees_labs_tasks_points_hints_and_answers(alice, attempt):
    lab = all_labs()[attempt.lab]
    first = lab.tasks[0]
    Solve.objects.create(attempt=attempt, task=first.id, points=first.points - 10)
    HintUse.objects.create(attempt=attempt, task=first.id, number=1)
    for number, right in enumerate((False, True, True), 1):
        Response.objects.create(
            attempt=attempt, task=first.id, check_name="x", number=number, right=right
        )
    page = text_of(alice.get(reverse("my_progress")))
    assert lab.title in page
    assert first.title in page
    assert f"{first.points - 10} of {first.points}" in page
    assert "2 of 3 right" in page
    assert re.search(r"alice ?, \w+ \d{1,2}, \d{4}", page), "on paper it says whose it is"


def test_nothing_of_another_student_shows(alice, attempt):
    bob = logged_in("bob")
    assert "No lab begun yet" in text_of(bob.get(reverse("my_progress")))
    data = bob.get(reverse("my_data")).json()
    assert data["attempts"] == []
    bob.post(reverse("my_data_delete"))
    assert Attempt.objects.filter(pk=attempt.pk).exists()


def test_the_page_costs_the_same_however_many_labs_were_begun(alice, attempt):
    def queries():
        with CaptureQueriesContext(
            connection,
        ) as captured:
            alice.get(reverse("my_progress"))
        return len(captured)

    before = queries()
    for lab in list(all_labs().values())[:4]:
        solve_all(begin_attempt(owner("alice"), lab), lab)
    assert queries() == before


def test_a_certificate_is_there_once_all_labs_of_a_track_are_finished(alice, attempt):
    url = reverse("certificate", args=[all_tracks()[0].slug])
    assert alice.get(url).status_code == 404
    track = finish_track(owner("alice"))
    assert url in alice.get(reverse("my_progress")).content.decode()
    page = text_of(alice.get(url))
    assert track.title in page
    assert "alice" in page
    assert all(lab.title in page for lab in track.labs)
    assert logged_in("bob").get(url).status_code == 404


def test_the_students_data_is_a_file_with_results_and_calls(alice, attempt):
    Solve.objects.create(attempt=attempt, task="build", points=7)
    response = alice.get(reverse("my_data"))
    assert "attachment" in response["Content-Disposition"]
    (one,) = response.json()["attempts"]
    assert one["lab"] == attempt.lab
    assert one["solved"][0]["points"] == 7
    assert len(one["calls"]) == Event.in_sandbox(attempt.sandbox).count()


def test_deleting_asks_first_then_deletes_attempts_and_worlds(alice, attempt):
    url = reverse("my_data_delete")
    assert all_labs()[attempt.lab].title in text_of(alice.get(url))
    assert Attempt.objects.filter(pk=attempt.pk).exists()
    page = alice.post(url, follow=True)
    assert "Your labs were deleted" in text_of(page)
    assert not Attempt.objects.filter(pk=attempt.pk).exists()
    assert not Sandbox.objects.filter(pk=attempt.sandbox_id).exists()
    assert owner("alice").is_active


@pytest.mark.parametrize("name", ["my_progress", "my_data", "my_data_delete"])
def test_a_visitor_is_asked_to_log_in(name):
    response = Client().get(reverse(name))
    assert response.status_code == 302
    assert response["Location"].startswith(reverse("site_login"))
