"""The pages on which teachers assign labs, set dates, grant time and show results."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.urls import reverse

from console.classes.models import Assignment, AuditEntry, Extension, Mode
from console.classes.staff import new_class
from console.classes.work import begin_assigned, hand_in
from console.labs.attempts import attempt_of, begin_attempt, terms_of
from console.labs.catalog import all_labs
from console.labs.models import Attempt
from tests.classes.conftest import instructor, logged_in
from tests.classes.working import LAB, assign, at
from tests.jobs import perform_jobs

pytestmark = pytest.mark.django_db

FIELDS: dict[str, Any] = {
    "mode": "practice",
    "opens": "",
    "due": "",
    "closes": "",
    "extra_minutes": "0",
    "hints": "on",
    "solution": "solved",
    "reveal": "explain",
    "grade": "best",
    "weight": "1",
    "late_percent": "0",
}


@pytest.fixture
def assignment(course_class):
    return assign(course_class)


def url(course_class, name, *more):
    return reverse(name, args=[course_class.public_id, *more])


def test_several_labs_are_assigned_at_once_in_teaching_order(course_class, tess):
    client = logged_in(tess)
    page = url(course_class, "teach_assignments_add")
    assert client.post(page, {}).status_code == 400
    client.post(page, {"labs": ["external-id", LAB]})
    assert [one.lab for one in course_class.assignments.all()] == [LAB, "external-id"]
    assert all(one.version for one in course_class.assignments.all())
    shown = client.get(url(course_class, "teach_assignments")).content.decode()
    assert shown.index(all_labs()[LAB].title) < shown.index(all_labs()["external-id"].title)
    assert AuditEntry.objects.get().action == "assigned labs"


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("2026-01-15T09:00", datetime(2026, 1, 15, 8, tzinfo=UTC)),
        ("2026-07-15T09:00", datetime(2026, 7, 15, 7, tzinfo=UTC)),
    ],
    ids=["winter", "summer"],
)
def test_times_are_meant_in_the_classs_zone(course_class, assignment, tess, typed, stored):
    page = url(course_class, "teach_assignment", assignment.public_id)
    client = logged_in(tess)
    client.post(page, FIELDS | {"due": typed})
    assignment.refresh_from_db()
    assert assignment.due == stored
    assert f'value="{typed}"' in client.get(page).content.decode()


@pytest.mark.parametrize(
    ("fields", "field", "sentence"),
    [
        ({"opens": "2026-10-02T09:00", "due": "2026-10-01T09:00"}, "due", "not after it opens"),
        (
            {"opens": "2026-10-02T09:00", "closes": "2026-10-02T09:00"},
            "closes",
            "not after it opens",
        ),
        ({"due": "2026-10-02T09:00", "closes": "2026-10-01T09:00"}, "closes", "before it is due"),
        ({"due": "2026-03-29T02:30"}, "due", "Clocks change in Europe/Berlin then"),
        ({"due": "2026-10-25T02:30"}, "due", "is skipped, or comes twice"),
        ({"due": "9999-03-29T02:30"}, "due", "Choose a year"),
        ({"due": "tomorrow"}, "due", "valid date"),
        ({"minutes": "60"}, "minutes", "Start button"),
        ({"minutes": "99999999", "start_by_button": "on"}, "minutes", "less than"),
        ({"late_percent": "101"}, "late_percent", "less than"),
        ({"weight": "-1"}, "weight", "greater than"),
        ({"mode": "test"}, "mode", "valid choice"),
    ],
    ids=range(12),
)
def test_what_cannot_be_is_refused_at_its_field(
    course_class, assignment, tess, fields, field, sentence
):
    page = url(course_class, "teach_assignment", assignment.public_id)
    shown = logged_in(tess).post(page, FIELDS | fields)
    assert shown.status_code == 400
    assert sentence in " ".join(shown.context["form"].errors[field])
    assert Assignment.objects.get(pk=assignment.pk).due is None


def test_an_exam_has_its_worlds_made_beforehand(course_class, assignment, tess, sam):
    page = url(course_class, "teach_assignment", assignment.public_id)
    fields = {"mode": "exam", "start_by_button": "on", "minutes": "60"}
    logged_in(tess).post(page, FIELDS | fields)
    perform_jobs("long")
    assert Attempt.objects.get().waits
    attempt = begin_assigned(sam, Assignment.objects.get())
    assert terms_of(attempt).closes == attempt.started_at + timedelta(hours=1)
    shown = logged_in(tess).post(page, FIELDS)
    assert "what is an exam stays one" in shown.content.decode()


def test_more_time_reaches_the_students_work(course_class, tess, sam):
    at_first = at(hours=1)
    assignment = assign(course_class, mode=Mode.EXAM, closes=at_first)
    attempt = begin_assigned(sam, assignment)
    hand_in(attempt)
    page = url(course_class, "teach_assignment_extend", assignment.public_id)
    fields = {"enrollment": sam.pk, "due": "", "closes": "", "extra_minutes": "15", "reopen": "on"}
    client = logged_in(tess)
    client.post(page, fields)
    attempt.refresh_from_db()
    terms = terms_of(attempt)
    assert terms.closes == at_first + timedelta(minutes=15)
    assert not terms.is_over
    entry = AuditEntry.objects.get()
    assert (entry.action, entry.enrollment) == ("granted an extension", sam)
    refused = client.post(page, fields | {"closes": "2020-01-01T00:00"})
    assert "not later than for everybody" in refused.content.decode()
    number = Extension.objects.get().pk
    client.post(url(course_class, "teach_assignment_extension_end", assignment.public_id, number))
    attempt.refresh_from_db()
    assert terms_of(attempt).closes == assignment.closes


def test_the_results_of_an_exam_are_shown_and_hidden(course_class, tess, sam):
    assignment = assign(course_class, mode=Mode.EXAM)
    attempt = begin_assigned(sam, assignment)
    client = logged_in(tess)
    page = url(course_class, "teach_assignment_results", assignment.public_id)
    for do, shown in (("show", True), ("hide", False)):
        client.post(page, {"do": do})
        attempt.refresh_from_db()
        assert terms_of(attempt).shows_correctness is shown
    practice = assign(course_class)
    assert (
        client.post(url(course_class, "teach_assignment_results", practice.public_id)).status_code
        == 404
    )


def test_deleting_shows_what_is_lost_and_leaves_students_their_worlds(course_class, tess, sam):
    assignment = assign(course_class, mode=Mode.EXAM)
    attempt, lab = begin_assigned(sam, assignment), all_labs()[LAB]
    own = begin_attempt(sam.user, lab)
    client, page = (
        logged_in(tess),
        url(course_class, "teach_assignment_delete", assignment.public_id),
    )
    assert "1 attempt" in client.get(page).content.decode()
    client.post(page)
    assert not Assignment.objects.exists()
    attempt.refresh_from_db()
    assert (attempt.set_aside, attempt.terms, attempt.sandbox.exam) == (True, {}, False)
    assert attempt_of(sam.user, lab) == own


def test_assignments_change_places(course_class, tess):
    for lab in (LAB, "external-id"):
        assign(course_class, lab)
    first = course_class.assignments.first()
    page = url(course_class, "teach_assignment_move", first.public_id)
    logged_in(tess).post(page, {"do": "down"})
    assert [one.lab for one in course_class.assignments.all()] == ["external-id", LAB]
    logged_in(tess).post(page, {"do": "down"})
    assert [one.lab for one in course_class.assignments.all()] == ["external-id", LAB]


def test_the_list_takes_as_many_queries_for_many_as_for_few(
    course_class, tess, django_assert_max_num_queries
):
    client, page = logged_in(tess), url(course_class, "teach_assignments")
    for _ in range(8):
        assign(course_class)
    with django_assert_max_num_queries(9):
        client.get(page)


@pytest.mark.parametrize("who", ["outsider", "another teacher", "a student", "a guest"])
def test_nobody_else_finds_the_pages(course_class, assignment, sam, who):
    other = instructor("tina")
    new_class(other, "8a", "UTC")
    user = {"another teacher": other, "a student": sam.user}.get(who)
    client = logged_in(user or User.objects.create_user("eve"))
    if who == "a guest":
        client.logout()
    names = ["", "_move", "_delete", "_results", "_extend"]
    pages = [url(course_class, f"teach_assignment{one}", assignment.public_id) for one in names]
    pages += [url(course_class, "teach_assignments"), url(course_class, "teach_assignments_add")]
    for page in pages:
        for answer in (client.get(page), client.post(page, FIELDS)):
            gone = answer.status_code in {404, 405} or "/login" in answer.headers.get(
                "Location", ""
            )
            assert gone, page
    assert Assignment.objects.get().mode == "practice"
    assert not AuditEntry.objects.exists()
