"""The page of an attempt: who sees it, what it shows after a change, hints, *Start again*."""

import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from console.labs.attempts import (
    last_writes,
    start_again,
    undo_last,
    values_of,
)
from console.labs.catalog import all_labs
from console.labs.checks import Start
from console.labs.models import HintUse, Solve
from console.labs.scenarios import handout, start_passwords
from console.labs.tracks import next_lab
from console.labs.trials import Trial
from console.labs.trials.steps import perform_step
from iam.models import Role, Sandbox
from tests.labs.answering import answer_rightly
from tests.pages.labs.conftest import begun, logged_in
from tests.pages.visitor import text_of

PARTS = ("attempt", "attempt_drawer", "attempt_hint", "attempt_restart", "attempt_undo")


def url(attempt, name="attempt"):
    return reverse(name, args=[attempt.public_id])


def solve(attempt, count=None):
    """Perform the first steps of the official solution, as the student would."""
    perform(attempt, *all_labs()[attempt.lab].solution.steps[:count])


def perform(attempt, *steps):
    lab = all_labs()[attempt.lab]
    sandbox = Sandbox.objects.get(pk=attempt.sandbox_id)
    trial = Trial(lab, sandbox, values_of(attempt, lab), Start(frozenset(), {}))
    for step in steps:
        if "answer" in step:
            answer_rightly(attempt, lab, step["answer"])
        else:
            perform_step(trial, step, lab.student.starts)
    assert trial.refused == []


def sorted_users(attempt):
    return sorted(start_passwords(attempt.sandbox))


def version(page):
    return re.findall(r"version=([\w-]+)", page.content.decode())[0]


def poll(client, attempt, page):
    htmx = {"HX-Request": "true"}
    return client.get(url(attempt), {"version": version(page)}, headers=htmx)


def test_the_owner_sees_the_task_its_checks_and_whom_to_sign_in_as(alice, attempt):
    page = alice.get(url(attempt))
    shown, values = text_of(page), values_of(attempt, all_labs()[attempt.lab])
    assert page.status_code == 200
    assert f"You are admin of account {values['you']}" in shown
    assert "Not solved yet" in shown
    assert "of 8 pass" in shown
    assert page.content.decode().count('<details class="lab__check" open>') == 1
    assert "dev cannot come in." in shown
    assert all(f"Sign in as {name}" in shown for name in ("admin", "dev", "intern"))
    assert "{" not in re.sub(r"\{\"Version.*?\}", "", shown)
    assert "official solution" not in shown


def test_a_check_fails_only_once_something_was_done_about_it(alice, attempt):
    def states():
        body = alice.get(url(attempt)).content.decode()
        return {kind: body.count(f"status--{kind} lab__state") for kind in ("error", "stopped")}

    nobody_has_begun = states()
    assert nobody_has_begun["error"] == 0
    assert nobody_has_begun["stopped"] > 0
    solve(attempt, 1)
    shown = text_of(alice.get(url(attempt)))
    assert states() == {"error": 1, "stopped": 0}
    assert "Fails · Should be: allowed" in shown
    undo_last(attempt, last_writes(attempt)[0].step)
    assert states() == nobody_has_begun
    solve(attempt, 1)
    start_again(attempt.sandbox)
    assert states() == nobody_has_begun


def test_what_was_there_at_the_start_fails_at_once_when_it_breaks(alice):
    attempt = begun("external-id")
    solve(attempt, 1)
    assert "status--error lab__state" not in alice.get(url(attempt)).content.decode()
    solve(attempt, 2)
    detach = {"RoleName": "VendorAccess", "PolicyArn": "arn:aws:iam::{you}:policy/ReadInvoices"}
    perform(attempt, {"call": {"iam:DetachRolePolicy": detach}})
    shown = text_of(alice.get(url(attempt)))
    assert shown.count("Fails · Should be: allowed") == 1


def test_passwords_are_folded_away_and_only_of_whom_one_may_act_as(alice, attempt):
    page = alice.get(url(attempt))
    body = page.content.decode()
    folded = body[body.index('<details class="lab__passwords">') :].partition("</details>")[0]
    admin, dev = (start_passwords(attempt.sandbox)[key] for key in sorted_users(attempt)[:2])
    assert admin in folded
    assert dev in folded
    assert body.count(admin) == folded.count(admin)
    outside = logged_in("teacher", administrator=True).get(url(attempt)).content.decode()
    assert admin not in outside
    root = handout(attempt.sandbox)[0].root_password
    assert root
    assert root not in body


def test_a_password_of_the_page_lets_in(alice, attempt):
    (account, user), password = min(start_passwords(attempt.sandbox).items())
    fields = {"account": account, "username": user, "password": password}
    assert alice.post("/signin", fields)["Location"] == "/iam/"
    assert "Location" not in Client().post("/signin", fields)


@pytest.mark.parametrize("name", PARTS)
def test_nobody_elses_attempt_can_be_seen_or_changed(alice, attempt, name):
    del alice
    for client in (logged_in("bob"), Client()):
        for response in (client.get(url(attempt, name)), client.post(url(attempt, name))):
            assert response.status_code in {302, 404, 405}
            assert "login" in response.get("Location", "login")
    assert not HintUse.objects.exists()
    assert Sandbox.objects.get(pk=attempt.sandbox_id).generation == 1


def test_the_staff_look_and_change_nothing(attempt):
    teacher = logged_in("teacher", administrator=True)
    shown = text_of(teacher.get(url(attempt)))
    assert "The attempt of alice" in shown
    assert "Start again" not in shown
    assert "Show hint" not in shown
    assert teacher.post(url(attempt, "attempt_restart")).status_code == 404
    assert teacher.post(url(attempt, "attempt_hint"), {"task": "build"}).status_code == 404


def test_the_start_users_button_opens_the_console(alice, attempt):
    fields = dict(
        re.findall(
            r'name="(account|user)" value="([^"]+)"', alice.get(url(attempt)).content.decode()
        )[:2]
    )
    assert fields["user"] == "admin"
    assert alice.post(reverse("enter_as"), fields).status_code == 302
    assert alice.get("/iam/").status_code == 200
    assert logged_in("bob").post(reverse("enter_as"), fields).status_code == 403


def test_the_page_follows_what_is_done_by_any_client(alice, attempt):
    page = alice.get(url(attempt))
    assert poll(alice, attempt, page).status_code == 204
    solve(attempt, 1)
    news = poll(alice, attempt, page)
    assert news.status_code == 200
    assert "<html" not in news.content.decode()
    assert "0 of 2 tasks solved." in text_of(news)
    assert poll(alice, attempt, news).status_code == 204
    Role.in_sandbox(attempt.sandbox).filter(name="Reader").delete()
    solve(attempt)
    news = poll(alice, attempt, news)
    assert "2 of 2 tasks solved." in text_of(news)
    done = text_of(alice.get(url(attempt)))
    assert "You solved this lab" in done
    assert "100 of 100 points" in done
    assert "aws iam create-role --role-name Reader" in done
    assert "What you learned" in done
    assert "Finished" in text_of(alice.get(reverse("labs")))


def test_an_old_version_of_the_page_is_never_an_error(alice, attempt):
    for odd in ("", "x", "\x00", "9" * 5000):
        response = alice.get(url(attempt, "attempt_drawer"), {"version": odd})
        assert response.status_code == 200


def test_hints_come_one_by_one_and_cost_points(alice, attempt):
    assert "Show hint 1 (free)" in text_of(alice.get(url(attempt)))
    response = alice.post(url(attempt, "attempt_hint"), {"task": "build", "number": "1"})
    assert response["Location"] == url(attempt) + "#task-build"
    shown = text_of(alice.get(url(attempt)))
    assert "A role has two halves" in shown
    assert "Name dev in the trust policy" not in shown
    assert "Show hint 2 (costs 10 points)" in shown
    alice.post(url(attempt, "attempt_hint"), {"task": "build", "number": "2"})
    assert "70 of 80 points, for the hints" in text_of(alice.get(url(attempt)))
    solve(attempt)
    assert "90 of 100 points" in text_of(alice.get(url(attempt)))


@pytest.mark.parametrize("number", ["2", "0", "-1", "", "x", "\x00", "²", "9" * 50])
@pytest.mark.parametrize("task", ["build", "", "\x00", "x" * 500])
def test_no_other_hint_is_shown(alice, attempt, task, number):
    fields = {"task": task, "number": number}
    assert alice.post(url(attempt, "attempt_hint"), fields).status_code == 404
    assert not HintUse.objects.exists()


def test_start_again_asks_and_keeps_what_was_solved(alice, attempt):
    solve(attempt)
    alice.get(url(attempt))
    assert "This cannot be undone." in text_of(alice.get(url(attempt, "attempt_restart")))
    response = alice.post(url(attempt, "attempt_restart"))
    assert response["Location"] == url(attempt)
    shown = text_of(alice.get(url(attempt)))
    assert "as it was at the start" in shown
    assert "Solved, broken now" in shown
    assert Solve.objects.count() == 2
    assert not Role.in_sandbox(attempt.sandbox).filter(name="Reader").exists()


def test_undo_takes_back_the_last_change_that_is_shown(alice, attempt):
    assert "Last changes" not in text_of(alice.get(url(attempt)))
    solve(attempt)
    page = alice.get(url(attempt))
    shown = text_of(page)
    assert "PutRolePolicy Reader" in shown
    assert "CreateRole Reader" in shown
    (step,) = re.findall(r'name="step" value="(\d+)"', page.content.decode())
    response = alice.post(url(attempt, "attempt_undo"), {"step": step})
    assert response["Location"] == url(attempt)
    page = alice.get(url(attempt))
    assert "Undone: PutRolePolicy Reader." in text_of(page)
    assert "Solved, broken now" in text_of(page)
    alice.post(url(attempt, "attempt_undo"), {"step": step})
    assert "Nothing was undone" in text_of(alice.get(url(attempt)))
    assert Role.in_sandbox(attempt.sandbox).filter(name="Reader").exists()


def test_undo_is_never_done_by_a_get(alice, attempt):
    solve(attempt)
    assert alice.get(url(attempt, "attempt_undo")).status_code == 405


@pytest.mark.parametrize("step", ["", "0", "-1", "x", "\x00", "²", "9" * 19, "9" * 50])
def test_no_other_step_is_undone(alice, attempt, step):
    solve(attempt)
    assert alice.post(url(attempt, "attempt_undo"), {"step": step}).status_code == 302
    assert Role.in_sandbox(attempt.sandbox).filter(name="Reader").exists()


def test_the_page_follows_a_change_that_no_check_asks_about(alice, attempt):
    page = alice.get(url(attempt))
    values = values_of(attempt, all_labs()[attempt.lab])
    sandbox = Sandbox.objects.get(pk=attempt.sandbox_id)
    trial = Trial(all_labs()[attempt.lab], sandbox, values, Start(frozenset(), {}))
    perform_step(trial, {"call": {"iam:CreateUser": {"UserName": "guest"}}}, "you/admin")
    assert "CreateUser guest" in text_of(poll(alice, attempt, page))


def test_a_page_takes_no_more_queries_for_a_lab_of_two_tasks(alice, attempt):
    alice.post(reverse("lab_start", args=["external-id"]))
    other = type(attempt).objects.get(lab="external-id")
    counts = []
    for one in (attempt, other):
        alice.get(url(one))
        with CaptureQueriesContext(connection) as queries:
            alice.get(url(one))
        counts.append(len(queries))
    assert counts[1] <= counts[0] + 1  # the last event, for the attack
    assert counts[0] <= 12


def test_a_finished_lab_shows_both_ways_and_what_comes_next(alice, attempt):
    solve(attempt)
    sandbox = Sandbox.objects.get(pk=attempt.sandbox_id)
    lab = all_labs()[attempt.lab]
    trial = Trial(lab, sandbox, values_of(attempt, lab), Start(frozenset(), {}))
    key = {"iam:CreateAccessKey": {"UserName": "intern"}}
    profile = {"iam:UpdateLoginProfile": {"UserName": "intern", "Password": "Very-secret-1"}}
    for call in (key, profile):
        perform_step(trial, {"call": call}, "you/admin")
    assert trial.refused == []
    page = alice.get(url(attempt))
    shown = text_of(page)
    own = shown.partition("Your own way")[2]
    assert "aws iam create-role --role-name Reader" in shown.partition("Your own way")[0]
    assert shown.count("As admin") == sum("call" in one for one in lab.solution.steps) * 2 + 2
    assert "aws iam put-role-policy --role-name Reader" in own
    assert "--assume-role-policy-document" in own
    assert "aws iam create-access-key --user-name intern" in own
    assert "Very-secret-1" not in shown
    following = next_lab(lab)
    assert following is not None
    assert f"Next lab {following.title}" in shown
