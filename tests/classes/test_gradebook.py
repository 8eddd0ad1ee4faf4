"""The gradebook: points now and at due, files for spreadsheets, awards that win."""

import csv
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from io import StringIO

import pytest
from django.contrib.auth.models import User
from django.urls import reverse
from django.utils import timezone

from console.classes.awards import award_points
from console.classes.gradebook import gradebook_of
from console.classes.gradebook_changes import students_since
from console.classes.gradebook_files import csv_lines
from console.classes.joins import join_class
from console.classes.models import Assignment, AuditEntry, Enrollment, Mode, Override, Remark
from console.classes.teams import set_team
from console.classes.work import begin_assigned
from console.labs.attempts import packed_terms, terms_of, use_hint
from console.labs.catalog import all_labs
from console.labs.models import Attempt, Solve
from tests.classes.conftest import instructor, logged_in

pytestmark = pytest.mark.django_db
LONG_AGO = datetime(2020, 1, 1, tzinfo=UTC)
LAB, OTHER = "same-account-role", "external-id"


@pytest.fixture
def assignment(course_class):
    return course_class.assignments.create(lab=LAB, mode=Mode.GRADED)


def solve(enrollment, assignment, task="build", points=100, at=None):
    attempt = begin_assigned(enrollment, assignment)
    row = Solve.objects.create(attempt=attempt, task=task, points=points)
    Solve.objects.filter(pk=row.pk).update(at=at or timezone.now())
    Attempt.objects.filter(pk=attempt.pk).update(points=points)
    return attempt


def url(course_class, name, *more):
    return reverse(name, args=[course_class.public_id, *more])


def table(client, course_class, name="teach_gradebook_csv"):
    response = client.get(url(course_class, name))
    text = b"".join(response.streaming_content).decode("utf-8-sig")
    return list(csv.DictReader(StringIO(text)))


def test_a_line_for_each_student_has_a_column_for_each_task(tess, course_class, sam, assignment):
    solve(sam, assignment, points=80)
    (row,) = table(logged_in(tess), course_class)
    assert row[f"{LAB}: build"] == "80"
    assert (row[f"{LAB}: points"], row["total %"]) == ("80", "80")
    assert row["login"] == "sam"


def test_a_line_for_each_task_says_when_and_how_late(tess, course_class, sam, assignment):
    now = timezone.now()
    assignment.due = now - timedelta(days=2, hours=1)
    assignment.save()
    solve(sam, assignment, at=now)
    row, other = table(logged_in(tess), course_class, "teach_gradebook_long_csv")
    assert (row["task"], row["points"], row["days late"]) == ("build", "100", "3")
    assert (other["task"], other["points"]) == ("replace", "0")
    assert (row["points at due"], other["solved at"], other["minutes"]) == ("0", "", "")


def test_a_line_for_each_task_says_how_long_it_took_and_with_how_many_hints(
    tess, course_class, sam, assignment
):
    attempt = solve(sam, assignment)
    began = timezone.now() - timedelta(minutes=12)
    Attempt.objects.filter(pk=attempt.pk).update(started_at=began)
    use_hint(attempt, all_labs()[LAB], "replace", 1)
    row, other = table(logged_in(tess), course_class, "teach_gradebook_long_csv")
    assert (row["minutes"], row["hints"], other["hints"]) == ("12", "0", "1")
    assert row["begun at"] == began.isoformat(timespec="seconds")


def test_the_total_weighs_the_assignments(course_class, sam, assignment):
    heavy = course_class.assignments.create(lab=OTHER, weight=3, mode=Mode.GRADED)
    solve(sam, assignment, points=100)
    solve(sam, heavy, task="attack", points=40)
    (row,) = gradebook_of(course_class).rows
    assert row.total == Decimal("55.0")


def test_practice_counts_nothing_anywhere(tess, course_class, sam, assignment):
    practice = course_class.assignments.create(lab=OTHER, weight=3)
    solve(sam, practice, task="attack", points=10)
    teacher, student = logged_in(tess), logged_in(sam.user)
    mine = url(course_class, "my_class")
    (row,) = gradebook_of(course_class).rows
    assert row.total == 0
    assert "0 of 100 points so far. Practice does not count" in student.get(mine).text
    solve(sam, assignment, points=100)
    (row,) = table(teacher, course_class)
    assert row["total %"] == "100"
    assert "100 %" in teacher.get(url(course_class, "teach_gradebook")).text.replace("100.0", "100")
    Assignment.objects.update(mode=Mode.PRACTICE)
    (row,) = table(teacher, course_class)
    assert row["total %"] == ""
    assert "All is practice" in student.get(mine).text


CHANGES = {
    "points": lambda sam, assignment: Solve.objects.update(points=7),
    "an award": lambda sam, assignment: award_points(assignment, sam, Decimal(3), by=None),
    "the due date": lambda sam, assignment: Attempt.objects.update(
        terms=packed_terms(replace(terms_of(Attempt.objects.get()), due=LONG_AGO))
    ),
    "a weight": lambda sam, assignment: Assignment.objects.update(mode=Mode.PRACTICE),
    "a reference": lambda sam, assignment: Enrollment.objects.update(reference="7"),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_whatever_changes_a_row_is_found_since_then(course_class, sam, assignment, change):
    solve(sam, assignment, points=40)
    _, before = students_since(course_class, "")
    assert students_since(course_class, before) == ([], before)
    change(sam, assignment)
    changed, after = students_since(course_class, before)
    assert changed == [sam.pk]
    assert students_since(course_class, after) == ([], after)


def test_a_change_of_one_is_no_change_of_others(course_class, sam, assignment):
    for number in range(5):
        join_class(User.objects.create_user(f"s{number}"), course_class)
    solve(sam, assignment, points=40)
    _, before = students_since(course_class, "")
    Solve.objects.update(points=7)
    assert students_since(course_class, before)[0] == [sam.pk]


def test_a_change_of_a_team_is_one_of_all_its_members(course_class, sam, assignment):
    amy = join_class(User.objects.create_user("amy"), course_class)
    assert amy
    team = course_class.teams.create(name="Blue")
    set_team([sam, amy], team)
    sam.refresh_from_db()
    solve(sam, assignment, points=40)
    _, before = students_since(course_class, "")
    Solve.objects.update(points=7)
    assert students_since(course_class, before)[0] == [sam.pk, amy.pk]


@pytest.mark.parametrize("token", ["x", "é" * 400, "0"])
def test_a_token_of_nothing_returns_everybody(course_class, sam, assignment, token):
    assert students_since(course_class, token)[0] == [sam.pk]


RISKY = ["=1+1", "\uff1d1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1"]


@pytest.mark.parametrize("text", RISKY)
def test_no_cell_begins_a_formula(text):
    (_, line) = list(csv_lines(iter([[text, Decimal("-1.50"), 3]])))
    first, number, count = next(csv.reader(StringIO(line, newline="")))
    assert first == f"'{text}"
    assert (number, count) == ("-1.5", "3")


def test_an_award_wins_and_can_be_taken_back(tess, course_class, sam, assignment):
    solve(sam, assignment, points=40)
    client = logged_in(tess)
    address = url(course_class, "teach_award", sam.public_id, assignment.public_id)
    client.post(address, {"task": "build", "points": "90", "reason": "A good idea."})
    assert gradebook_of(course_class).rows[0].scores[0].points == 90
    assert "A good idea." in client.get(address).content.decode()
    client.post(address, {"task": "build", "points": ""})
    assert gradebook_of(course_class).rows[0].scores[0].points == 40
    actions = AuditEntry.objects.order_by("pk").values_list("action", flat=True)
    assert list(actions)[-2:] == ["awarded points", "took an award back"]


@pytest.mark.parametrize("points", ["-1", "many", "1e9", "NaN", "1.234"])
def test_points_that_are_none_are_refused_at_their_field(
    tess, course_class, sam, assignment, points
):
    address = url(course_class, "teach_award", sam.public_id, assignment.public_id)
    page = logged_in(tess).post(address, {"points": points})
    assert page.status_code == 400
    assert page.context["form"].errors["points"]
    assert not Override.objects.exists()


def test_a_remark_that_is_too_long_is_shown_again(tess, course_class, sam, assignment):
    address = url(course_class, "teach_remark", sam.public_id, assignment.public_id)
    for text, sentence in ((" ", "This field is required."), ("a" * 2001, "at most 2000 char")):
        page = logged_in(tess).post(address, {"text": text})
        assert page.status_code == 400
        assert sentence in page.content.decode()
        assert text in page.content.decode()
    assert not Remark.objects.exists()


def test_a_remark_is_kept_for_its_student(tess, course_class, sam, assignment):
    address = url(course_class, "teach_remark", sam.public_id, assignment.public_id)
    logged_in(tess).post(address, {"text": "Well done."})
    assert Remark.objects.get().enrollment == sam


def test_nobody_awards_points_in_anothers_class(course_class, sam, assignment):
    olga = logged_in(instructor("olga"))
    for name in ("teach_award", "teach_remark"):
        address = url(course_class, name, sam.public_id, assignment.public_id)
        assert olga.post(address, {"points": "5", "text": "x"}).status_code == 404
    assert olga.get(url(course_class, "teach_gradebook_csv")).status_code == 404


def test_the_gradebook_takes_as_many_queries_for_many_students(
    course_class, sam, assignment, django_assert_num_queries
):
    solve(sam, assignment)
    for number in (1, 20):
        for place in range(number):
            join_class(User.objects.create_user(f"s{number}-{place}"), course_class)
        with django_assert_num_queries(5):
            gradebook_of(course_class)
    assert Enrollment.objects.count() == 22


def test_the_page_has_fifty_students_and_finds_the_others(tess, course_class, sam, assignment):
    for number in range(55):
        join_class(User.objects.create_user(f"s{number:02}"), course_class)
    enrollment = course_class.enrollments.latest("pk")
    Enrollment.objects.filter(pk=enrollment.pk).update(reference="4711")
    client, address = logged_in(tess), url(course_class, "teach_gradebook")
    pages = [client.get(address, {"page": number}).context for number in (1, 2)]
    assert [len(one["book"].rows) for one in pages] == [50, 6]
    for wanted in ("sam", "4711"):
        (row,) = client.get(address, {"q": wanted}).context["book"].rows
        assert row.enrollment in (sam, enrollment)
    assert "Show everybody" in client.get(address, {"q": "nobody"}).text
    assert len(table(client, course_class)) == 56
