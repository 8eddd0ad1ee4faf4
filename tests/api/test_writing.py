"""What the API changes: by the functions of the pages, with the same rules and the same record."""

import pytest
from django.utils import timezone

from console.classes.models import (
    Assignment,
    AuditEntry,
    Class,
    Extension,
    Teaching,
    Team,
)
from console.classes.work import begin_assigned, hand_in
from console.labs.attempts import terms_of
from console.labs.models import Attempt
from tests.api.programs import Program, done, faults, problem_of
from tests.classes.conftest import instructor
from tests.classes.working import LAB, assign, at

pytestmark = pytest.mark.django_db


@pytest.fixture
def teacher(tess):
    return Program(tess)


@pytest.fixture
def path(course_class):
    return f"classes/{course_class.public_id}"


def actions():
    return list(AuditEntry.objects.order_by("pk").values_list("action", flat=True))


def test_a_class_is_made_changed_archived_and_given_another_code(teacher, tess):
    made = done(teacher.send("POST", "classes", {"name": "9c", "time_zone": "Asia/Tokyo"}), 201)
    path = f"classes/{made['id']}"
    until = at(hours=3).replace(microsecond=0)
    changes = {"name": "9d", "join_until": until.isoformat(), "keep_until": "2030-01-31"}
    changed = done(teacher.send("PATCH", path, changes))
    assert (changed["name"], changed["time_zone"]) == ("9d", "Asia/Tokyo")
    assert changed["keep_until"] == "2030-01-31"
    assert done(teacher.send("POST", f"{path}/join-code"))["join_code"] != made["join_code"]
    assert done(teacher.send("PATCH", path, {"archived": True}))["archived_at"]
    refused = teacher.send("PATCH", path, {"name": "9e"})
    assert "is archived" in problem_of(refused)["detail"]
    back = done(teacher.send("PATCH", path, {"archived": False, "name": "9d"}))
    assert (back["archived_at"], back["name"]) == (None, "9d")
    assert Class.objects.get().join_until == until
    assert Teaching.objects.get().user == tess
    assert actions() == [
        "made the class",
        "changed the settings",
        "made another join code",
        "archived it",
        "brought it back",
        "changed the settings",
    ]


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({}, "name"),
        ({"name": " "}, "name"),
        ({"name": "x" * 81}, "name"),
        ({"name": "x", "time_zone": "Mars/Base"}, "time_zone"),
        ({"name": "\ud800"}, "name"),
        ({"name": "a\0"}, "name"),
        ({"name": ["x"]}, "name"),
    ],
)
def test_a_wrong_field_is_named(teacher, body, field):
    assert field in faults(teacher.send("POST", "classes", body))
    assert not Class.objects.exists()


@pytest.mark.parametrize(
    "body",
    [b"", b"[]", b"{", b"[" * 100_000, b"\xff", b'{"name": NaN}', b"1" * 5000, b'"x"', b"null"],
)
def test_a_body_that_is_no_object_is_refused(teacher, body):
    assert faults(teacher.send("POST", "classes", body)) in (
        {},
        {"name": "This field is required."},
    )


@pytest.mark.parametrize("kind", ["text/plain", "multipart/form-data; boundary=x", "", "é/\x00"])
def test_a_body_of_another_type_is_refused(teacher, kind):
    response = teacher.send("POST", "classes", b'{"name": "x"}', content_type=kind)
    assert response.status_code == 415
    assert "application/json" in problem_of(response)["detail"]


def test_a_body_that_is_too_large_is_refused(teacher, settings):
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 100
    response = teacher.send("POST", "classes", {"name": "x" * 100})
    assert (response.status_code, problem_of(response)["code"]) == (413, "too_large")


@pytest.mark.parametrize("role", ["observer", "assistant", "teacher"])
def test_a_role_that_is_not_enough_is_named(course_class, sam, path, role):
    user = instructor("olga")
    Teaching.objects.create(course_class=course_class, user=user, role=role)
    program = Program(user)
    may_change = program.send("PATCH", path, {"name": "7c"}).status_code == 200
    assert may_change is (role == "teacher")
    refused = program.send("PATCH", path, {"archived": True})
    assert (refused.status_code, problem_of(refused)["code"]) == (403, "role_missing")
    assignment = assign(course_class, closes=at(hours=1))
    extension = f"{path}/assignments/{assignment.public_id}/extensions/{sam.public_id}"
    granted = program.send("PUT", extension, {"extra_minutes": 5}).status_code == 200
    assert granted is (role != "observer")


def test_only_instructors_make_classes(sam):
    response = Program(sam.user).send("POST", "classes", {"name": "mine"})
    assert (response.status_code, Class.objects.count()) == (403, 1)


def test_a_team_is_made_renamed_and_dissolved(teacher, course_class, sam, path):
    blue = done(teacher.send("POST", f"{path}/teams", {"name": "Blue"}), 201)
    done(teacher.send("POST", f"{path}/teams", {"name": "Red"}), 201)
    done(teacher.send("PATCH", f"{path}/roster/{sam.public_id}", {"team": "Blue"}))
    one = f"{path}/teams/{blue['id']}"
    assert teacher.send("PATCH", one, {"name": "Red"}).status_code == 409
    renamed = done(teacher.send("PATCH", one, {"name": "Green"}))
    assert (renamed["name"], [who["name"] for who in renamed["students"]]) == ("Green", ["sam"])
    done(teacher.send("DELETE", one), 204)
    assert Team.objects.get().name == "Red"
    sam.refresh_from_db()
    assert sam.team is None


def test_an_assignment_is_made_changed_and_deleted(teacher, sam, path):
    due = at(hours=2).replace(microsecond=0)
    body = {"lab": LAB, "mode": "graded", "due": due.isoformat(), "weight": "2.5"}
    made = done(teacher.send("POST", f"{path}/assignments", body), 201)
    assert (made["lab"], made["mode"], made["weight"]) == (LAB, "graded", "2.50")
    one = f"{path}/assignments/{made['id']}"
    attempt = begin_assigned(sam, Assignment.objects.get())
    later = due.replace(year=due.year + 1)
    done(teacher.send("PATCH", one, {"due": later.isoformat(), "late_percent": 10}))
    attempt.refresh_from_db()
    assert attempt.terms["due"] == later.isoformat()
    done(teacher.send("DELETE", one), 204)
    assert not Assignment.objects.exists()
    assert Attempt.objects.get().assignment is None
    assert actions()[-3:] == ["changed an assignment"] * 2 + ["deleted an assignment"]


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"lab": "no-such-lab"}, "lab"),
        ({"mode": "graded"}, "lab"),
        ({"lab": LAB, "due": "2030-01-01T00:00Z", "opens": "2030-02-01T00:00Z"}, "due"),
        ({"lab": LAB, "due": "9999-01-01T00:00Z"}, "due"),
        ({"lab": LAB, "due": "tomorrow"}, "due"),
        ({"lab": LAB, "minutes": 30}, "minutes"),
        ({"lab": LAB, "minutes": 10**400}, "minutes"),
        ({"lab": LAB, "weight": "NaN"}, "weight"),
        ({"lab": LAB, "late_percent": 101}, "late_percent"),
    ],
)
def test_an_assignment_that_does_not_fit_together_is_not_made(teacher, path, body, field):
    assert field in faults(teacher.send("POST", f"{path}/assignments", body))
    assert not Assignment.objects.exists()


def test_what_is_an_exam_stays_one_once_it_is_begun(teacher, course_class, sam, path):
    assignment = assign(course_class, mode="exam", closes=at(hours=1))
    begin_assigned(sam, assignment)
    one = f"{path}/assignments/{assignment.public_id}"
    assert "mode" in faults(teacher.send("PATCH", one, {"mode": "practice"}))
    assert done(teacher.send("PUT", f"{one}/results", {"shown": True}))["results_shown_at"]
    assert not done(teacher.send("PUT", f"{one}/results", {"shown": False}))["results_shown_at"]
    practice = assign(course_class).public_id
    refused = teacher.send("PUT", f"{path}/assignments/{practice}/results", {"shown": True})
    assert refused.status_code == 409


def test_a_student_is_granted_more_time_and_may_go_on(teacher, course_class, sam, path):
    assignment = assign(course_class, due=at(hours=1), closes=at(hours=2))
    attempt = begin_assigned(sam, assignment)
    hand_in(attempt)
    one = f"{path}/assignments/{assignment.public_id}/extensions"
    due = at(hours=5).isoformat()
    granted = done(teacher.send("PUT", f"{one}/{sam.public_id}", {"due": due, "reopen": True}))
    assert granted["student"]["id"] == sam.public_id
    attempt.refresh_from_db()
    assert terms_of(attempt).handed_in is None
    (listed,) = teacher.json(one)["results"]
    assert listed == granted
    early = {"due": timezone.now().isoformat()}
    assert "due" in faults(teacher.send("PUT", f"{one}/{sam.public_id}", early))
    done(teacher.send("DELETE", f"{one}/{sam.public_id}"), 204)
    assert teacher.send("DELETE", f"{one}/{sam.public_id}").status_code == 404
    assert not Extension.objects.exists()


def test_a_time_without_a_zone_and_an_unknown_field_are_refused(teacher, course_class, path, sam):
    slips = {"lab": LAB, "dues": "2030-05-01T18:00:00Z"}
    for lists, sent, field, words in (
        ("assignments", {"lab": LAB, "due": "2030-05-01T18:00:00"}, "due", "Say the zone as well"),
        ("assignments", slips, "dues", "There are: mode, opens, due"),
        ("teams", {"name": "Red", "students": [sam.public_id]}, "students", "There are: name."),
        (
            "roster/import",
            {"rows": [{"login": "a", "group": "b"}]},
            "rows.0.group",
            "There are: lo",
        ),
    ):
        found = faults(teacher.send("POST", f"{path}/{lists}", sent))
        assert words in found[field]
    assert not Assignment.objects.exists()
    assert not Team.objects.exists()
    zoned = {"lab": LAB, "due": "2030-05-01T18:00:00+02:00"}
    made = done(teacher.send("POST", f"{path}/assignments", zoned), 201)
    assert made["due"].endswith("16:00:00Z")
