"""The live matrix: who is where, who is stuck, who asked for help, and what a poll sends."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from console.classes.joins import join_class
from console.classes.matrix import changes, matrix_of
from console.classes.models import Enrollment, HelpRequest, Mode, Team
from console.classes.talk import ask_for_help, end_help
from console.classes.work import begin_assigned
from console.labs.attempts import is_current, note_denials
from console.labs.catalog import all_labs
from console.labs.models import Activity, Attempt
from console.labs.site_users import set_display_name
from iam.models import Account
from tests.classes.conftest import logged_in

pytestmark = pytest.mark.django_db
LAB = "same-account-role"


@pytest.fixture
def assignment(course_class):
    return course_class.assignments.create(lab=LAB)


def begun(enrollment, assignment):
    return begin_assigned(enrollment, assignment)


def student(course_class, name):
    enrollment = join_class(User.objects.create_user(name), course_class)
    assert enrollment
    return enrollment


def names(course_class, assignments, **more):
    return [row.name for row in matrix_of(course_class, assignments, **more).rows]


def seen(attempt, *, ago=timedelta(), quiet=timedelta()):
    now = timezone.now()
    Attempt.objects.filter(pk=attempt.pk).update(started_at=now - quiet)
    Activity.objects.update_or_create(
        attempt=attempt, defaults={"changed_at": now, "seen_at": now - ago}
    )


def test_a_cell_says_in_letters_and_words_where_a_student_is(course_class, sam, assignment):
    (row,) = matrix_of(course_class, [assignment]).rows
    assert row.cells[0].words == "Not begun"
    begun(sam, assignment)
    (row,) = matrix_of(course_class, [assignment]).rows
    assert row.cells[0].words.startswith("0 of ")
    assert {one.letter for one in row.cells[0].letters} <= {"O", "L"}


def test_an_exam_shows_only_who_works_until_the_results_are_shown(course_class, sam, assignment):
    begun(sam, assignment)
    assignment.mode = Mode.EXAM
    assignment.save()
    (row,) = matrix_of(course_class, [assignment]).rows
    assert (row.cells[0].words, row.cells[0].letters) == ("Working", [])
    assignment.results_shown_at = timezone.now()
    (row,) = matrix_of(course_class, [assignment]).rows
    assert row.cells[0].letters


def test_who_asked_for_help_stands_first_then_who_is_stuck_longest(course_class, sam, assignment):
    amy, ben, cleo = (student(course_class, name) for name in ("amy", "ben", "cleo"))
    seen(begun(cleo, assignment), quiet=timedelta(minutes=30))
    seen(begun(ben, assignment), quiet=timedelta(minutes=50))
    HelpRequest.objects.create(enrollment=sam, attempt=begun(sam, assignment))
    assert names(course_class, [assignment]) == ["sam", "ben", "cleo", "amy"]
    assert names(course_class, [assignment], by_name=True) == ["amy", "ben", "cleo", "sam"]
    assert amy


STUCK = [
    (timedelta(), timedelta(minutes=30), True),
    (timedelta(minutes=5), timedelta(minutes=30), False),
    (timedelta(), timedelta(minutes=5), False),
]


@pytest.mark.parametrize(("ago", "quiet", "stuck"), STUCK, ids=["stuck", "absent", "just begun"])
def test_stuck_is_who_is_present_and_makes_no_progress(
    course_class, sam, assignment, ago, quiet, stuck
):
    seen(begun(sam, assignment), ago=ago, quiet=quiet)
    (row,) = matrix_of(course_class, [assignment]).rows
    assert bool(row.stuck) is stuck


def test_five_denials_of_one_operation_count_as_stuck(course_class, sam, assignment):
    attempt = begun(sam, assignment)
    is_current(attempt.public_id, "")
    for _ in range(4):
        note_denials(attempt, ["s3:GetObject", "iam:GetUser"])
    assert matrix_of(course_class, [assignment]).rows[0].stuck is None
    note_denials(attempt, ["s3:GetObject"])
    stuck = matrix_of(course_class, [assignment]).rows[0].stuck
    assert "s3:GetObject denied 5 times" in (stuck.words if stuck else "")


def test_a_denied_call_in_the_world_is_counted(course_class, sam, assignment):
    attempt = begun(sam, assignment)
    client = logged_in(sam.user)
    account = Account.in_sandbox(attempt.sandbox).get(start_name="you").account_id
    client.post(reverse("enter_as"), {"account": account, "user": "dev"})
    client.get(reverse("instances"))
    assert Activity.objects.get(attempt=attempt).denied == {"ec2:DescribeInstances": 1}


def test_a_teams_attempt_stands_in_the_row_of_each_member(course_class, sam, assignment):
    team = Team.objects.create(course_class=course_class, name="Blue")
    student(course_class, "amy")
    Enrollment.objects.update(team=team)
    attempt = begun(sam, assignment)
    Attempt.objects.filter(pk=attempt.pk).update(team=team)
    rows = matrix_of(course_class, [assignment]).rows
    assert {row.cells[0].attempt and row.cells[0].attempt.pk for row in rows} == {attempt.pk}


def page(tess, course_class, query=""):
    return logged_in(tess).get(reverse("teach_class", args=[course_class.public_id]) + query)


def test_the_page_opens_a_lab_into_its_tasks(tess, course_class, sam, assignment):
    begun(sam, assignment)
    text = page(tess, course_class, f"?lab={assignment.public_id}").content.decode()
    assert all(task.title in text for task in all_labs()[LAB].tasks)


def test_a_poll_without_news_answers_204_and_one_with_news_the_changed_rows(
    tess, course_class, sam, assignment
):
    amy = student(course_class, "amy")
    attempt = begun(sam, assignment)
    client = logged_in(tess)
    url = page(tess, course_class).context["changes_url"]
    assert client.get(url).status_code == 204
    note_denials(attempt, ["s3:GetObject"])
    news = client.get(url)
    text = news.content.decode()
    assert f"row-{sam.public_id}" in text
    assert f"row-{amy.public_id}" not in text
    assert client.get(news.context["changes_url"]).status_code == 204


def test_a_poll_once_a_minute_sends_all_rows_of_the_page(tess, course_class, sam, assignment):
    url = page(tess, course_class).context["changes_url"]
    minute = timezone.now().minute
    late = url.replace(f"minute={minute}", f"minute={(minute + 59) % 60}")
    assert f"row-{sam.public_id}" in logged_in(tess).get(late).content.decode()


def test_many_students_take_as_many_queries_as_few(
    course_class, sam, assignment, django_assert_num_queries
):
    begun(sam, assignment)
    for number in (2, 60):
        for extra in range(number):
            student(course_class, f"s{number}-{extra}")
        with django_assert_num_queries(7):
            matrix_of(course_class, [assignment])


def test_the_matrix_has_pages(course_class, sam, assignment):
    for number in range(55):
        student(course_class, f"s{number:02}")
    first, second = (matrix_of(course_class, [assignment], page=page) for page in (1, 2))
    assert (len(first.rows), len(second.rows), first.page.pages) == (50, 6, 2)
    assert (first.students, matrix_of(course_class, [assignment], page=9).page.number) == (56, 2)


def test_who_asks_for_help_is_named_also_on_another_page_of_the_matrix(
    tess, course_class, sam, assignment
):
    """The names are in the order of the wait, and a poll brings them, too."""
    zoe = student(course_class, "zoe")
    for one in (zoe, sam):
        ask_for_help(begun(one, assignment), one, "")
    shown = page(tess, course_class, "?page=2&sort=name")
    polled = logged_in(tess).get(shown.context["changes_url"].replace("minute=", "minute=x"))
    named = [("zoe", zoe.public_id), ("sam", sam.public_id)]
    assert [one.context["waiting"] for one in (shown, polled)] == [named, named]
    for enrollment in (zoe, sam):
        Enrollment.objects.filter(pk=enrollment.pk).update(removed_at=timezone.now())
    assert page(tess, course_class).context["waiting"] == []


def test_a_row_shows_at_once_that_somebody_waits_for_help_and_waits_no_longer(
    tess, course_class, sam, assignment, monkeypatch
):
    """Also between two minutes, when nothing but the help has changed."""
    noon = timezone.now().replace(second=1)
    monkeypatch.setattr("console.pages.teach.live.matrix.timezone.now", lambda: noon)
    attempt, client = begin_assigned(sam, assignment), logged_in(tess)
    polled = page(tess, course_class).context["changes_url"]
    ask_for_help(attempt, sam, "Why?")
    asked = client.get(polled)
    assert "asks for help" in asked.content.decode()
    end_help(list(HelpRequest.objects.select_related("attempt")), tess)
    done = client.get(asked.context["changes_url"])
    assert f"row-{sam.public_id}" in done.content.decode()
    assert "asks for help" not in done.content.decode()
    assert client.get(done.context["changes_url"]).status_code == 204


def test_a_poll_reads_what_changed_lately_and_not_the_class(course_class):
    if connection.vendor == "sqlite":
        plan = changes._recent(course_class, timezone.now()).explain()
        assert "labs_activity_changed_at" in plan.splitlines()[0]


def test_students_of_one_name_are_told_apart_by_their_logins(tess, course_class, sam, assignment):
    """Wherever names stand alone; a name that one student has stands without the login."""
    pair = [student(course_class, login) for login in ("kim.1", "kim.2")]
    for one in pair:
        set_display_name(one.user, "Kim Lee")
    attempt, client = begin_assigned(pair[1], assignment), logged_in(tess)
    ask_for_help(attempt, pair[1], "")
    base = f"/teach/{course_class.public_id}/"
    polled = page(tess, course_class).context["changes_url"].replace("minute=", "minute=x")
    for address in (
        base,
        polled,
        f"{base}gradebook",
        f"{base}assignments/{assignment.public_id}/",
        f"{base}students/{pair[1].public_id}/",
    ):
        text = client.get(address).content.decode()
        assert "Kim Lee (kim.2)" in text, address
        assert "sam (sam)" not in text, address
    assert "kim.2)" not in client.get(f"{base}gradebook.csv").getvalue().decode()
