"""Where the tasks of an attempt stand: in part, at the close, and whether one can go on."""

from dataclasses import replace

import pytest
from django.test import Client

from console.labs.attempts import TaskState, begin_attempt, begin_task, progress_of
from console.labs.catalog import find_lab
from console.labs.models import Solve
from iam.models import Role
from tests.labs.test_attempts import do, states

DENY_ALL = {
    "Version": "2012-10-17",
    "Statement": [{"Effect": "Deny", "Principal": {"AWS": "*"}, "Action": "sts:AssumeRole"}],
}


def begun(user, slug, most=None, **changed):
    """Return a lab of its first tasks, of which the last is changed, and an attempt of it."""
    lab = find_lab(slug)
    assert lab
    lab = replace(lab, tasks=lab.tasks[:most])
    *others, last = lab.tasks
    lab = replace(lab, tasks=(*others, replace(last, **changed)))
    return lab, begin_attempt(user, lab)


def standing(attempt, lab):
    """Return the letters, and the points that count by what is stored and by what is shown."""
    attempt.refresh_from_db()
    shown = progress_of(attempt, lab)
    attempt.refresh_from_db()
    return attempt.states, attempt.points, shown.points


def test_a_partial_task_brings_the_points_of_the_goals_that_are_reached(alice):
    lab, attempt = begun(alice, "same-account-role", 1, partial=True)
    assert standing(attempt, lab) == ("O", 0, 0)

    do(attempt, lab, lab.solution.steps[:1])
    assert standing(attempt, lab) == ("O", 40, 40)

    do(attempt, lab, lab.solution.steps[1:2])
    assert standing(attempt, lab) == ("S", 80, 80)


def test_a_task_that_is_not_partial_is_all_or_nothing(alice):
    lab, attempt = begun(alice, "same-account-role", 1)
    do(attempt, lab, lab.solution.steps[:1])

    assert standing(attempt, lab) == ("O", 0, 0)


def test_a_final_task_counts_as_it_is_when_the_lab_is_finished(alice):
    lab, attempt = begun(alice, "external-id", final=True)
    attack, fix = lab.solution.steps
    undo = {"call": {"iam:UpdateAssumeRolePolicy": {"RoleName": "VendorAccess"}}}
    undo["call"]["iam:UpdateAssumeRolePolicy"]["PolicyDocument"] = lab.world["roles"][0]["trust"]

    do(attempt, lab, [fix])
    assert standing(attempt, lab) == ("OS", 70, 70)
    do(attempt, lab, [undo])
    assert standing(attempt, lab) == ("OO", 0, 0)
    assert not Solve.objects.exists()

    do(attempt, lab, [attack, fix])
    assert standing(attempt, lab) == ("SS", 100, 100)
    do(attempt, lab, [undo])
    assert standing(attempt, lab) == ("SB", 100, 100)


def test_an_open_task_says_what_it_needs_and_is_gone(alice):
    lab, attempt = begun(alice, "external-id")
    policy = "arn:aws:iam::{you}:policy/ReadInvoices"
    do(
        attempt,
        lab,
        [
            {"call": {"iam:DetachRolePolicy": {"RoleName": "VendorAccess", "PolicyArn": policy}}},
            {"call": {"iam:DeleteRole": {"RoleName": "VendorAccess"}}},
        ],
    )
    fix = progress_of(attempt, lab).tasks[1]
    assert (fix.state, fix.missing) == (TaskState.OPEN, ("VendorAccess",))

    student = Client()
    student.force_login(alice)
    page = student.get(f"/labs/a/{attempt.public_id}/").content.decode()
    assert "was there at the start and is gone" in page

    role = {"RoleName": "VendorAccess", "AssumeRolePolicyDocument": DENY_ALL}
    do(attempt, lab, [{"call": {"iam:CreateRole": role}}])
    attempt.refresh_from_db()
    assert progress_of(attempt, lab).tasks[1].missing == ()


def test_a_fix_begins_from_the_original_world_and_the_attack_stays_solved(alice):
    lab, attempt = begun(alice, "external-id", begin="start")
    role = {"RoleName": "VendorAccess", "PolicyDocument": DENY_ALL}
    do(attempt, lab, [lab.solution.steps[0], {"call": {"iam:UpdateAssumeRolePolicy": role}}])
    assert states(attempt, lab) == [TaskState.SOLVED, TaskState.OPEN]

    assert begin_task(attempt, lab, "fix")

    restored = Role.in_sandbox(attempt.sandbox).select_related("trust").get(path="/")
    assert "Deny" not in restored.trust.text
    assert states(attempt, lab) == [TaskState.SOLVED, TaskState.OPEN]


@pytest.mark.parametrize("task", ["attack", "nothing"])
def test_no_other_task_brings_the_original_world_back(alice, task):
    lab, attempt = begun(alice, "external-id", begin="start")

    assert not begin_task(attempt, lab, task)


def test_the_page_offers_it_once_the_task_is_open(alice):
    lab, attempt = begun(alice, "create-policy-version")
    student = Client()
    student.force_login(alice)
    page, begin = f"/labs/a/{attempt.public_id}/", f"/labs/a/{attempt.public_id}/begin/fix"
    assert begin not in student.get(page).content.decode()
    assert "does not begin" in student.post(begin, follow=True).content.decode()

    do(attempt, lab, lab.solution.steps[:1])
    assert begin in student.get(page).content.decode()
    assert "Begin from the original world" in student.get(begin).content.decode()
    assert "as it was at the start" in student.post(begin, follow=True).content.decode()
    assert states(attempt, lab) == [TaskState.SOLVED, TaskState.OPEN]


def test_nobody_begins_the_task_of_another_student(alice, bob):
    _, attempt = begun(alice, "create-policy-version")
    stranger = Client()
    stranger.force_login(bob)

    assert stranger.post(f"/labs/a/{attempt.public_id}/begin/fix").status_code == 404
    assert stranger.post("/labs/a/none/begin/fix").status_code == 404
