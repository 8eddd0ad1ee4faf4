"""What is done with many students at once: shown first, then done, a line in the audit for each."""

from decimal import Decimal

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from console.classes.bulk import Award, BulkAction, perform_bulk, plan_bulk
from console.classes.joins import join_class
from console.classes.models import AuditEntry, Enrollment, LoginCard, Override, Teaching
from console.classes.staff import new_class
from console.classes.teams import set_team, team_of_name
from console.classes.terms import apply_terms
from console.classes.work import begin_assigned, hand_in
from console.labs.attempts import bring_up_to_date, judged_progress, terms_of
from console.labs.lab_versions import lab_of
from console.labs.models import Attempt
from console.labs.rules import rules_of
from iam.models import Role, Sandbox
from tests.classes.conftest import instructor, logged_in
from tests.classes.working import assign, at, work
from tests.jobs import perform_jobs

pytestmark = pytest.mark.django_db
LOCKED_LAB = "create-policy-version"


@pytest.fixture
def students(course_class, sam):
    names = ("ida", "tom")
    return [sam, *(join_class(User.objects.create_user(name), course_class) for name in names)]


@pytest.fixture
def assignment(course_class):
    return assign(course_class)


def words(assignment, students, action):
    return [one.words for one in plan_bulk(assignment, students, action)]


def audited(action):
    entries = AuditEntry.objects.filter(action=action).exclude(enrollment=None)
    return sorted(entries.values_list("enrollment__user__username", flat=True))


def test_reset_brings_back_the_world_and_keeps_what_was_solved(assignment, students, tess):
    attempt = begin_assigned(students[0], assignment)
    work(attempt)
    lab = lab_of(attempt)
    assert lab
    bring_up_to_date(attempt, lab)
    assert Role.in_sandbox(attempt.sandbox).filter(name="Reader").exists()
    assert perform_bulk(assignment, students, BulkAction.RESET, by=tess) == 1
    assert not Role.in_sandbox(attempt.sandbox).filter(name="Reader").exists()
    assert attempt.solves.exists()
    assert audited("reset a world") == ["sam"]
    assert words(assignment, students, BulkAction.RESET)[1:] == ["Has not begun"] * 2


def test_an_exam_that_has_ended_is_not_reset(course_class, students, tess):
    exam = assign(course_class, mode="exam")
    attempt = begin_assigned(students[0], exam)
    assert hand_in(attempt)
    assert "has ended" in words(exam, students, BulkAction.RESET)[0]
    assert perform_bulk(exam, students, BulkAction.RESET, by=tess) == 0
    assert perform_bulk(exam, students, BulkAction.REOPEN, by=tess) == 1
    attempt.refresh_from_db()
    assert terms_of(attempt).handed_in is None
    assert audited("reopened work") == ["sam"]


def test_unlocking_opens_tasks_and_whom_one_may_act_as_for_good(course_class, students, tess):
    assignment = assign(course_class, LOCKED_LAB)
    attempt = begin_assigned(students[0], assignment)
    lab = lab_of(attempt)
    assert lab
    judged_progress(attempt, lab)
    attempt.refresh_from_db()
    assert "L" in attempt.states
    held = [name for name, one in rules_of(attempt.sandbox).principals.items() if not one]
    assert perform_bulk(assignment, students, BulkAction.UNLOCK, by=tess) == 1
    attempt.refresh_from_db()
    assert "L" not in attempt.states
    assert {one.state.value for one in judged_progress(attempt, lab).tasks} == {"open"}
    sandbox = Sandbox.objects.get(pk=attempt.sandbox_id)
    assert held
    assert all(rules_of(sandbox).principals[name] for name in held)
    assignment.due = at(days=1)
    assignment.save()
    apply_terms(assignment)
    attempt.refresh_from_db()
    assert terms_of(attempt).unlocked
    assert words(assignment, students, BulkAction.UNLOCK)[0] == "All tasks are open already"


def test_a_teams_world_is_reset_once_and_each_member_has_a_line(
    course_class, assignment, students, tess
):
    set_team(students[:2], team_of_name(course_class, "Red"))
    attempt = begin_assigned(students[0], assignment)
    generation = attempt.sandbox.generation
    assert "shared by the team Red" in words(assignment, students, BulkAction.RESET)[1]
    assert perform_bulk(assignment, students, BulkAction.RESET, by=tess) == 2
    attempt.sandbox.refresh_from_db()
    assert attempt.sandbox.generation == generation + 1
    assert audited("reset a world") == ["ida", "sam"]


def test_points_are_awarded_to_many_and_taken_back(assignment, students, tess):
    perform_bulk(
        assignment, students, BulkAction.AWARD, by=tess, award=Award(Decimal(5), reason="x")
    )
    assert set(Override.objects.values_list("points", "reason")) == {(Decimal(5), "x")}
    assert audited("awarded points") == ["ida", "sam", "tom"]
    perform_bulk(assignment, students[:2], BulkAction.AWARD, by=tess, award=Award())
    assert Override.objects.get().enrollment == students[2]


def test_work_is_checked_again_with_a_line_for_each(assignment, students, tess):
    work(begin_assigned(students[0], assignment))
    assert perform_bulk(assignment, students, BulkAction.RECHECK, by=tess) == 1
    assert audited("checked again") == ["sam"]
    assert Attempt.objects.get().solves.exists()


def url(course_class, name="teach_bulk", query=""):
    return reverse(name, args=[course_class.public_id]) + query


def fields(assignment, action, *students, **more):
    selected = [one.public_id for one in students]
    return {"assignment": assignment.public_id, "action": action, "selected": selected, **more}


def test_the_page_lists_what_will_happen_and_then_does_it(course_class, assignment, students, tess):
    begin_assigned(students[0], assignment)
    client, form = logged_in(tess), fields(assignment, "reset-world", *students)
    page = client.post(url(course_class), form).content.decode()
    assert "as at its start again" in page
    assert "Has not begun" in page
    assert not AuditEntry.objects.exists()
    done = client.post(url(course_class), {**form, "sure": "yes"}, follow=True)
    assert "done for 1 of 3 students" in done.content.decode()
    assert audited("reset a world") == ["sam"]


def test_points_need_their_form_and_a_wrong_number_is_said_there(
    course_class, assignment, students, tess
):
    client, form = logged_in(tess), fields(assignment, "award", *students)
    page = client.post(url(course_class), form).content.decode()
    assert 'name="points"' in page
    assert "Gets these points" in page
    wrong = client.post(url(course_class), {**form, "sure": "yes", "points": "many"})
    assert wrong.status_code == 400
    client.post(url(course_class), {**form, "sure": "yes", "points": "3", "task": ""})
    assert Override.objects.count() == 3


WHO = [
    ({"who": "ticked"}, "", ["sam"]),
    ({"who": "page", "here": True}, "", ["ida", "sam"]),
    ({"who": "all"}, "", ["ida", "sam", "tom"]),
    ({"who": "all", "origin": "roster"}, "?q=tom", ["tom"]),
]


@pytest.mark.parametrize(("who", "query", "chosen"), WHO)
def test_the_ticked_those_on_the_page_or_all_that_match(
    assignment, students, tess, who, query, chosen
):
    form = fields(assignment, "award", students[0]) | who
    form |= {"here": ",".join(one.public_id for one in students[:2])} if "here" in who else {}
    page = logged_in(tess).post(url(assignment.course_class, query=query), form)
    assert sorted(one.user.username for one in page.context["students"]) == chosen


def test_many_are_done_by_a_job(course_class, assignment, tess):
    users = User.objects.bulk_create([User(username=f"s{number}") for number in range(30)])
    Enrollment.objects.bulk_create(
        [Enrollment(course_class=course_class, user=one, source="code") for one in users]
    )
    form = fields(assignment, "award", who="all", sure="yes", points="2")
    page = logged_in(tess).post(url(course_class), form, follow=True)
    assert "under way for 30 students" in page.content.decode()
    assert not Override.objects.exists()
    perform_jobs("long")
    assert Override.objects.count() == len(audited("awarded points")) == 30


STUDENTS = [("reset", "new password"), ("remove", "work stays"), ("return", "Is in the class")]


@pytest.mark.parametrize(("action", "sentence"), STUDENTS)
def test_the_rosters_actions_are_shown_first_too(course_class, students, tess, action, sentence):
    client = logged_in(tess)
    form = {"action": action, "who": "all", "origin": "roster"}
    page = client.post(url(course_class), form).content.decode()
    assert sentence in page
    assert not AuditEntry.objects.exists()
    client.post(url(course_class), {**form, "sure": "yes"})
    assert LoginCard.objects.count() == (3 if action == "reset" else 0)
    gone = Enrollment.objects.exclude(removed_at=None).count()
    assert gone == (3 if action == "remove" else 0)


def test_an_assistant_helps_with_work_and_does_not_remove(course_class, assignment, students):
    olga = instructor("olga")
    Teaching.objects.create(course_class=course_class, user=olga, role="assistant")
    client = logged_in(olga)
    client.post(url(course_class), {"action": "remove", "who": "all", "sure": "yes"})
    assert not Enrollment.objects.exclude(removed_at=None).exists()
    client.post(url(course_class), fields(assignment, "award", *students, sure="yes", points="1"))
    assert Override.objects.count() == 3
    Teaching.objects.filter(user=olga).update(role="observer")
    assert client.post(url(course_class), {"action": "reset"}).status_code == 403


def test_students_and_labs_of_another_class_are_not_reached(course_class, students, tess):
    other = assign(course_class)
    Teaching.objects.all().delete()
    own = new_class(tess, "8a", "UTC")
    page = logged_in(tess).post(url(own), fields(other, "award", *students), follow=True)
    assert "Choose students first" in page.content.decode()


def test_matrix_and_roster_offer_it(course_class, assignment, students, tess):
    for name in ("teach_class", "teach_roster"):
        page = logged_in(tess).get(url(course_class, name)).content.decode()
        assert "Many students at once" in page
        assert f'value="{students[0].public_id}"' in page


def test_planning_takes_as_many_queries_for_many_students(course_class, assignment, students):
    counts = []
    for size in (1, 40):
        users = User.objects.bulk_create([User(username=f"{size}-{n}") for n in range(size)])
        rows = [Enrollment(course_class=course_class, user=one, source="code") for one in users]
        chosen = Enrollment.objects.bulk_create(rows)
        with CaptureQueriesContext(connection) as queries:
            plan_bulk(assignment, chosen, BulkAction.RESET)
        counts.append(len(queries))
    assert counts == [1, 1]
