"""Exams: no page, file or poll of a student differs between right and wrong, until it may."""

import json
import re
from collections.abc import Iterator
from difflib import unified_diff
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.utils import timezone
from django.utils.html import escape

from console.classes.exams import settle, show_results
from console.classes.joins import join_class
from console.classes.models import Enrollment, Mode
from console.classes.scores import scores_of
from console.classes.terms import apply_terms
from console.classes.work import begin_assigned, hand_in
from console.labs.attempts import (
    begin_attempt,
    bring_up_to_date,
    progress_of,
    use_hint,
    values_of,
)
from console.labs.catalog import all_labs
from console.labs.models import Attempt, Solve
from console.labs.rules import Tool, rules_of
from console.labs.scenarios import start_passwords
from iam.models import Sandbox
from iam.perform.pipeline import FROZEN
from tests.api.programs import Program
from tests.classes.conftest import logged_in
from tests.classes.working import BUILT, LAB, SPOILED, WRONG, assign, at, work

pytestmark = pytest.mark.django_db
MORE_LAB = "update-assume-role-policy"
# Each student is asked some of them, drawn by chance.
_QUESTIONS = {
    escape(question["text"])
    for task in all_labs()[LAB].tasks
    for check in task.checks
    if check.kind == "predict"
    for question in check.asks["questions"]
}


@pytest.fixture
def exam(course_class):
    return assign(course_class, mode=Mode.EXAM, due=at(hours=1), closes=at(hours=2))


@pytest.fixture
def tom(course_class):
    return join_class(User.objects.create_user("tom"), course_class)


def judged(attempt: Attempt) -> Attempt:
    attempt.refresh_from_db()
    bring_up_to_date(attempt, all_labs()[attempt.lab])
    attempt.refresh_from_db()
    return attempt


def neutral(text: str, attempt: Attempt) -> str:
    """Return a page without what is anybody's own: IDs, names, secrets, times, questions."""
    own = {attempt.public_id, attempt.owner.get_username()}
    own |= set(values_of(attempt, all_labs()[attempt.lab]).values())
    own |= set(start_passwords(attempt.sandbox).values())
    for one in sorted(own, key=len, reverse=True):
        text = re.sub(rf"\b{re.escape(one)}\b", "…", text)
    for question in _QUESTIONS:
        text = text.replace(question, "…")
    text = re.sub(r'name="step" value="\d+"', "", text)
    text = re.sub(r'name="csrfmiddlewaretoken" value="[^"]*"', "", text)
    text = re.sub(r"<time.*?</time>|\d{4}-\d\d-\d\dT[\d:.+]+", "", text, flags=re.S)
    return re.sub(r"\b\d{12}\b|\bui-\d+", "", text)


def differences(one: str, other: str) -> list[str]:
    lines = unified_diff(one.split("\n"), other.split("\n"), lineterm="", n=0)
    return list(lines)


def seen_by(enrollment: Enrollment, attempt: Attempt) -> Iterator[tuple[str, int, str]]:
    """Yield all that a student can get about an attempt: address, status, neutral content."""
    client, page = logged_in(enrollment.user), f"/labs/a/{attempt.public_id}/"
    course_class = enrollment.course_class.public_id
    task = all_labs()[attempt.lab].tasks[0]
    addresses = [
        page,
        f"{page}drawer",
        "/labs/",
        f"/labs/{attempt.lab}/",
        f"/classes/{course_class}/",
        "/labs/me/",
        *(f"{page}why/{task.id}/{check.name}" for check in task.checks),
    ]
    for address in addresses:
        answer = client.get(address)
        yield (
            address.replace(attempt.public_id, "…"),
            answer.status_code,
            neutral(answer.content.decode(), attempt),
        )
    version = progress_of(Attempt.objects.get(pk=attempt.pk), all_labs()[attempt.lab]).version
    polled = client.get(f"{page}drawer?version={version}")
    yield f"poll {version}", polled.status_code, ""
    data: dict[str, Any] = json.loads(client.get("/labs/me/data").content)
    for one in data["attempts"]:
        del one["calls"]  # what the student typed
    yield "data", 200, neutral(json.dumps(data), attempt)
    program = Program(enrollment.user)
    for address in (
        "attempts",
        f"attempts/{attempt.public_id}",
        "classes",
        f"classes/{course_class}/assignments",
        f"classes/{course_class}/progress",
        "sandboxes",
        f"sandboxes/{attempt.sandbox_id}",
        f"labs/{attempt.lab}",
    ):
        answer = program.get(address)
        assert answer.status_code == 200
        text = re.sub(r'"(id|since)":("\w+"|\d+)', "", answer.content.decode())
        yield f"api {address.split('/')[0]}", 200, neutral(text, attempt)


def test_nothing_differs_between_right_and_wrong(course_class, exam, sam, tom):
    attempts = [begin_assigned(one, exam) for one in (sam, tom)]
    for attempt, steps in zip(attempts, (BUILT, WRONG), strict=True):
        for step in steps:
            work(attempt, [step])
            judged(attempt)
    assert [judged(one).points for one in attempts] == [80, 0]
    right, wrong = (list(seen_by(*pair)) for pair in zip((sam, tom), attempts, strict=True))
    for one, other in zip(right, wrong, strict=True):
        assert one[:2] == other[:2]
        assert not "\n".join(differences(one[2], other[2]))
    for attempt in attempts:
        assert hand_in(Attempt.objects.get(pk=attempt.pk))
    right, wrong = (list(seen_by(*pair)) for pair in zip((sam, tom), attempts, strict=True))
    assert right == wrong


def test_after_the_results_everything_shows(exam, sam):
    attempt = begin_assigned(sam, exam)
    work(attempt)
    hand_in(attempt)
    show_results(exam)
    attempt.refresh_from_db()
    progress = progress_of(attempt, all_labs()[LAB])
    assert (progress.finished, progress.points) == (True, 100)
    assert attempt.finished_at
    page = logged_in(sam.user).get(f"/labs/a/{attempt.public_id}/").content.decode()
    assert "The official solution" in page
    assert scores_of([exam], [sam])[exam.pk, sam.pk].points == 100


def test_what_counts_is_how_the_world_is_at_the_end(exam, sam):
    attempt = begin_assigned(sam, exam)
    work(attempt)
    assert judged(attempt).points == 100
    work(attempt, SPOILED)
    assert judged(attempt).points == 20  # the predictions
    assert not Solve.objects.filter(task="build").exists()


def test_a_hint_costs_the_same_before_and_after_being_right(exam, sam):
    attempt, lab = begin_assigned(sam, exam), all_labs()[LAB]
    work(attempt)
    judged(attempt)
    for number in (1, 2):
        assert use_hint(attempt, lab, "build", number)
    assert judged(attempt).points == 90
    assert scores_of([exam], [sam])[exam.pk, sam.pk].points == 90


def test_at_the_end_the_world_is_frozen_and_its_state_counts(exam, sam):
    attempt = begin_assigned(sam, exam)
    work(attempt)
    exam.due = None
    exam.closes = at(seconds=-10)
    exam.save()
    apply_terms(exam)
    assert settle(exam) == 1
    assert settle(exam) == 0
    assert judged(attempt).points == 100
    with pytest.raises(AssertionError):
        work(attempt, SPOILED)
    assert judged(attempt).points == 100
    assert not rules_of(Sandbox.objects.get()).allows(Tool.RESTART)
    client, page = logged_in(sam.user), f"/labs/a/{attempt.public_id}/"
    assert "can look at it" in client.get(page).content.decode()
    assert client.post(f"{page}restart").status_code == 403
    assert FROZEN


def test_more_time_opens_the_world_again(exam, sam):
    attempt = begin_assigned(sam, exam)
    exam.due, exam.closes = None, at(seconds=-10)
    exam.save()
    apply_terms(exam)
    settle(exam)
    exam.extra_minutes = 10
    exam.save()
    apply_terms(exam)
    work(attempt)
    assert judged(attempt).points == 100


def test_all_tasks_and_people_are_open_from_the_start(course_class, sam):
    exam = assign(course_class, MORE_LAB, mode=Mode.EXAM)
    attempt = begin_assigned(sam, exam)
    states = {one.state for one in progress_of(attempt, all_labs()[MORE_LAB]).tasks}
    assert len(states) == 1
    assert all(rules_of(Sandbox.objects.get()).principals.values())


def test_a_teacher_is_warned_whom_an_exam_opens_at_once(tess, course_class, sam):
    early, plain = (assign(course_class, lab, mode=Mode.EXAM) for lab in (MORE_LAB, LAB))
    pages = [
        logged_in(tess).get(f"/teach/{course_class.public_id}/assignments/{one.public_id}/")
        for one in (early, plain)
    ]
    later = pages[0].context["open_early"]
    assert later == all_labs()[MORE_LAB].student.comes_later
    assert later
    assert "open from its start" in pages[0].content.decode()
    assert "open from its start" not in pages[1].content.decode()
    begin_assigned(sam, early)
    opened = rules_of(Sandbox.objects.get()).principals
    assert all(opened[who] for who in later)


def test_the_same_lab_beside_the_exam_shows_nothing_either(exam, sam):
    lab = all_labs()[LAB]
    own = begin_attempt(sam.user, lab)
    work(own)
    begin_assigned(sam, exam)
    own.refresh_from_db()
    assert progress_of(own, lab).hidden
    client = logged_in(sam.user)
    assert "/classes/" in client.post(f"/labs/{LAB}/start").headers["Location"]
    show_results(exam)
    own.refresh_from_db()
    assert progress_of(own, lab).points == 100


def test_start_begins_ones_own_minutes_once(course_class, sam):
    exam = assign(course_class, mode=Mode.EXAM, start_by_button=True, minutes=30)
    client = logged_in(sam.user)
    page = f"/classes/{course_class.public_id}/{exam.public_id}/start"
    assert "30 minutes begin" in client.post(page).content.decode()
    assert not Attempt.objects.exists()
    client.post(page, {"do": "begin"})
    first = Attempt.objects.get().terms["closes"]
    client.post(page, {"do": "begin"})
    assert Attempt.objects.get().terms["closes"] == first


def test_a_client_of_an_outsider_gets_nothing(course_class, exam, sam):
    attempt = begin_assigned(sam, exam)
    names = ["start", "anew", "hand-in", "take-back"]
    base = f"/classes/{course_class.public_id}/"
    pages = [base, *(f"{base}{exam.public_id}/{one}" for one in names)]
    eve, removed = User.objects.create_user("eve"), sam
    removed.removed_at = timezone.now()
    removed.save()
    for client in (logged_in(eve), logged_in(removed.user), Client()):
        for page in pages:
            for answer in (client.get(page), client.post(page, {"do": "begin"})):
                to_log_in = "/login" in answer.headers.get("Location", "")
                assert to_log_in or answer.status_code in {404, 405}, page
    attempt.refresh_from_db()
    assert "handed_in" not in attempt.terms
