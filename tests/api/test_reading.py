"""What the API answers: the same as the pages show."""

from decimal import Decimal

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test.utils import CaptureQueriesContext

from console.classes.gradebook import gradebook_of
from console.classes.models import Enrollment, HelpRequest, Mode, Team
from console.classes.work import begin_assigned
from console.labs.attempts import bring_up_to_date, note_change, use_hint
from console.labs.catalog import all_labs
from console.labs.scenarios import start_passwords
from tests.api.programs import Program, problem_of
from tests.api.routes import ROUTES
from tests.classes.working import LAB, assign, at, work

pytestmark = pytest.mark.django_db


def new_student(name, course_class):
    user = User.objects.create_user(name)
    return Enrollment.objects.create(course_class=course_class, user=user, source="code")


@pytest.fixture
def teacher(tess):
    return Program(tess)


def test_the_root_says_whose_token_it_is_and_where_to_go(tess):
    root = Program(tess, ["labs:read"]).json("")
    assert (root["login"], root["teaches"], root["token"]["scopes"]) == (
        "tess",
        True,
        ["labs:read"],
    )
    assert root["addresses"]["classes"] == "http://testserver/api/classes"


def test_a_class_is_listed_for_its_teacher_and_its_student_each_as_they_see_it(
    teacher, course_class, sam
):
    (taught,) = teacher.json("classes")["results"]
    (joined,) = Program(sam.user).json("classes")["results"]
    assert (taught["role"], taught["students"]) == ("owner", 1)
    assert taught["join_code"] == course_class.join_code
    assert (joined["id"], joined["role"]) == (taught["id"], "student")
    hidden = ("students", "join_code", "join_open", "join_until", "keep_until")
    assert {joined[name] for name in hidden} == {None}


def test_roster_and_teams_have_the_students(teacher, course_class, sam):
    sam.team = Team.objects.create(course_class=course_class, name="Blue")
    sam.reference, sam.extra_time = "1234", 25
    sam.save()
    (student,) = teacher.json(f"classes/{course_class.public_id}/roster")["results"]
    one = teacher.json(f"classes/{course_class.public_id}/roster/{sam.public_id}")
    assert one == student
    assert (one["login"], one["reference"], one["team"]) == ("sam", "1234", "Blue")
    (team,) = teacher.json(f"classes/{course_class.public_id}/teams")["results"]
    assert team["students"] == [{"id": sam.public_id, "name": "sam"}]


def test_a_student_sees_the_times_that_hold_for_the_student(course_class, sam):
    assignment = assign(course_class, due=at(hours=1))
    later = at(hours=5).replace(microsecond=0)
    assignment.extensions.create(enrollment=sam, due=later)
    path = f"classes/{course_class.public_id}/assignments"
    (own,) = Program(sam.user).json(path)["results"]
    assert own["due"] == later.isoformat().replace("+00:00", "Z")
    assert own == Program(sam.user).json(f"{path}/{assignment.public_id}")
    (all_,) = Program(course_class.teachings.get().user).json(path)["results"]
    assert all_["due"] != own["due"]


def test_an_attempt_has_tasks_points_and_hints(teacher, course_class, sam):
    attempt = begin_assigned(sam, assign(course_class))
    lab = all_labs()[LAB]
    assert use_hint(attempt, lab, lab.tasks[0].id, 1)
    work(attempt)
    found = teacher.json(f"attempts/{attempt.public_id}")
    assert found == {
        **Program(sam.user).json(f"attempts/{attempt.public_id}"),
        "students": found["students"],
    }
    assert found["states"] == "S" * len(lab.tasks)
    assert [one["state"] for one in found["tasks"]] == ["solved"] * len(lab.tasks)
    assert found["points"] == sum(one["counted"] for one in found["tasks"])
    assert len(found["tasks"][0]["hints"]) == 1
    (listed,) = teacher.json(f"classes/{course_class.public_id}/attempts")["results"]
    (own,) = Program(sam.user).json("attempts")["results"]
    assert (listed["states"], own["states"]) == (found["states"], found["states"])


@pytest.mark.parametrize("kind", ["attempts", "progress"])
def test_only_what_has_changed_is_sent_since_the_last_answer(kind, teacher, course_class, sam):
    assignment = assign(course_class)
    tom = new_student("tom", course_class)
    _, attempt = (begin_assigned(one, assignment) for one in (sam, tom))
    path = f"classes/{course_class.public_id}/{kind}"
    first = teacher.json(path)
    assert first["count"] == 2
    again = teacher.json(path, since=first["since"])
    assert (again["results"], again["since"]) == ([], first["since"])
    note_change(attempt)
    changed = teacher.json(path, since=first["since"])
    assert changed["results"] == first["results"][1:]
    assert changed["since"] != first["since"]


def test_progress_is_what_the_matrix_shows_and_a_student_gets_the_own_row(
    teacher, course_class, sam
):
    assignment = assign(course_class)
    attempt = begin_assigned(sam, assignment)
    HelpRequest.objects.create(enrollment=sam, attempt=attempt)
    new_student("tom", course_class)
    path = f"classes/{course_class.public_id}/progress"
    row, other = teacher.json(path)["results"]
    assert row["help_asked_at"]
    assert row["cells"][0]["attempt"] == attempt.public_id
    assert other["cells"][0]["words"] == "Not begun"
    own = Program(sam.user).json(path)
    assert [one["student"]["id"] for one in own["results"]] == [sam.public_id]
    assert own["results"][0]["present"] is None
    assert Program(sam.user).json(path, since=own["since"])["results"] == []


def test_the_gradebook_has_the_points_of_the_page(teacher, course_class, sam):
    attempt = begin_assigned(sam, assign(course_class, due=at(hours=1), mode=Mode.GRADED))
    path = f"classes/{course_class.public_id}/gradebook"
    before = teacher.json(path)
    work(attempt)
    bring_up_to_date(attempt, all_labs()[LAB])
    (row,) = teacher.json(path, since=before["since"])["results"]
    assert teacher.json(path, since=teacher.json(path)["since"])["results"] == []
    (graded,) = gradebook_of(course_class).rows
    assert (row["total"], graded.total) == (100, Decimal(100))
    assert row["student"]["login"] == "sam"
    (one,) = row["assignments"]
    assert (one["points"], one["at_due"], one["most"]) == (100, 100, 100)
    assert [task["points"] for task in one["tasks"]] == [
        float(task.points) for task in graded.scores[0].tasks
    ]


def test_labs_have_no_solution_and_for_students_no_texts(teacher, sam):
    listed = teacher.json("labs", page_size=200)["results"]
    assert {one["slug"] for one in listed} >= {LAB}
    for program, teaches in ((teacher, True), (Program(sam.user), False)):
        lab = program.json(f"labs/{LAB}")
        assert bool(lab["notes"]) is teaches
        assert [bool(task["text"]) for task in lab["tasks"]] == [teaches] * len(lab["tasks"])
        assert "solution" not in str(lab.keys())
    assert teacher.get("labs/no-such-lab").status_code == 404


def test_scenarios_are_for_instructors(teacher, sam, values):
    listed = teacher.json("scenarios")["results"]
    assert listed[0]["name"] == "Zebra-7"
    one = teacher.json(f"scenarios/{values['scenario_id']}")
    file = teacher.get(f"scenarios/{values['scenario_id']}/file")
    assert file.content.decode() == one["text"]
    assert one["summary"]
    assert Program(sam.user).get("scenarios").status_code == 404


def test_a_sandbox_has_its_endpoint_and_whom_the_lab_lets_its_student_act_as(
    teacher, course_class, sam
):
    attempt = begin_assigned(sam, assign(course_class, "other-peoples-keys"))
    (listed,) = Program(sam.user).json("sandboxes")["results"]
    assert (listed["lab"], listed["attempt"]) == (attempt.lab, attempt.public_id)
    one = Program(sam.user).json(f"sandboxes/{listed['id']}")
    assert one["endpoint"] == "http://testserver/aws"
    known = start_passwords(attempt.sandbox)
    shown = {(who["account_id"], who["user"]): who["password"] for who in one["identities"]}
    assert shown.items() <= known.items()
    assert "admin" not in {user for _, user in shown}
    assert "admin" in {user for _, user in known}
    (taught,) = teacher.json(f"classes/{course_class.public_id}/sandboxes")["results"]
    assert taught["students"] == [{"id": sam.public_id, "name": "sam"}]
    assert teacher.get(f"sandboxes/{listed['id']}").status_code == 404


def queries(program, path):
    with CaptureQueriesContext(
        connection,
    ) as captured:
        assert program.get(path).status_code == 200
    return len(captured)


def test_no_list_takes_more_queries_for_more_rows(teacher, tess, course_class, sam, values):
    paths = [one.address(values) for one in ROUTES if one.method == "GET" and one.scope]
    student = Program(sam.user)
    paths.remove(f"sandboxes/{values['sandbox_id']}")  # is the student's
    for path in paths:  # what is asked once in a process
        teacher.get(path), student.get(path)
    mine = [path for path in paths if student.get(path).status_code == 200]
    few = {path: queries(teacher, path) for path in paths}
    own = {path: queries(student, path) for path in mine}
    for number in range(3):
        more = assign(course_class)
        begin_assigned(sam, more)
        enrollment = new_student(f"student{number}", course_class)
        begin_assigned(enrollment, more)
        enrollment.team = Team.objects.create(course_class=course_class, name=f"t{number}")
        enrollment.save()
    assert {path: queries(teacher, path) for path in paths} == few
    assert {path: queries(student, path) for path in mine} == own


def test_lists_come_in_pages(teacher, course_class):
    for number in range(3):
        new_student(f"student{number}", course_class)
    path = f"classes/{course_class.public_id}/roster"
    first = teacher.json(path, page_size=2)
    assert (first["count"], len(first["results"]), first["previous"]) == (3, 2, None)
    assert first["next"].endswith("?page=2&page_size=2")
    assert len(teacher.json(path, page=2, page_size=2)["results"]) == 1
    for page in ("3", "0", "x", "9" * 5000, "\x00"):
        assert problem_of(teacher.get(path, page=page, page_size=2))["status"] == 404
