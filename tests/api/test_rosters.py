"""Students of a class, by the API: one by one, and a whole roster."""

import pytest
from django.contrib.auth.models import User

from console.classes.models import AuditEntry, Enrollment
from tests.api.programs import Program, done, faults, problem_of
from tests.jobs import perform_jobs

pytestmark = pytest.mark.django_db


@pytest.fixture
def teacher(tess):
    return Program(tess)


@pytest.fixture
def path(course_class):
    return f"classes/{course_class.public_id}"


def test_a_student_is_added_changed_removed_and_brought_back(teacher, course_class, path):
    row = {"login": "ann", "name": "Ann", "reference": "42", "team": "Blue", "extra_time": 25}
    made = done(teacher.send("POST", f"{path}/roster", row), 201)
    (login,) = made["new_logins"]
    perform_jobs("long")
    ann = Enrollment.objects.get()
    assert ann.user.check_password(login["password"])
    one = f"{path}/roster/{login['id']}"
    changed = done(teacher.send("PATCH", one, {"name": "Ann Lee", "team": "", "extra_time": 50}))
    assert (changed["name"], changed["team"], changed["extra_time"]) == ("Ann Lee", None, 50)
    assert changed["reference"] == "42"
    assert done(teacher.send("DELETE", one), 204) is None
    assert teacher.json(one)["removed_at"]
    assert not done(teacher.send("PATCH", one, {"removed": False}))["removed_at"]
    assert list(AuditEntry.objects.order_by("pk").values_list("action", flat=True)) == [
        "imported a roster",
        "changed a student",
        "removed a student",
        "brought a student back",
    ]


def test_a_reference_of_another_student_is_refused(teacher, course_class, sam, path):
    other = User.objects.create_user("oona")
    Enrollment.objects.create(course_class=course_class, user=other, source="code", reference="1")
    answer = teacher.send("PATCH", f"{path}/roster/{sam.public_id}", {"reference": "1"})
    assert faults(answer) == {"reference": "Another student of the class has this reference."}


def test_a_roster_is_tried_and_then_imported_whole(teacher, course_class, path):
    csv = "login;name;reference\nann;Ann Müller;1\nben;Ben;2\n".encode("cp1252")
    sent = {"content_type": "text/csv"}
    tried = done(teacher.send("POST", f"{path}/roster/import?dry_run=true", csv, **sent))
    assert [one["outcome"] for one in tried["rows"]] == ["new login", "new login"]
    assert (tried["dry_run"], Enrollment.objects.count()) == (True, 0)
    made = done(teacher.send("POST", f"{path}/roster/import", csv, **sent))
    assert [one["login"] for one in made["new_logins"]] == ["ann", "ben"]
    again = {"rows": [{"login": "ann"}, {"login": "ben", "reference": "3"}, {"login": "cem"}]}
    rows = done(teacher.send("POST", f"{path}/roster/import", again))["rows"]
    assert [one["outcome"] for one in rows] == ["already there", "changed", "new login"]
    names = [one["name"] for one in teacher.json(f"{path}/roster")["results"]]
    assert names == ["Ann Müller", "Ben", "cem"]


def test_a_roster_with_a_faulty_line_is_not_imported(teacher, path):
    rows = [{"login": "ann"}, {"login": "not a login"}, {"login": "ann"}]
    body = {"rows": rows}
    tried = done(teacher.send("POST", f"{path}/roster/import?dry_run=1", body))
    assert {one["outcome"] for one in tried["rows"]} == {"not imported"}
    assert faults(teacher.send("POST", f"{path}/roster/import", body)).keys() == {
        "rows.0",
        "rows.1",
        "rows.2",
    }
    assert not Enrollment.objects.exists()


@pytest.mark.parametrize("file", [b"", b"\xff\xfe\x00", b"\x00" * 9, b"a" * 2_000_000, b'"'])
def test_a_file_that_is_no_roster_is_refused(teacher, path, file):
    answer = teacher.send("POST", f"{path}/roster/import", file, content_type="text/csv")
    assert answer.status_code == 400
    problem_of(answer)
