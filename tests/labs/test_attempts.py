"""Attempts: begun, judged when somebody looks, started again."""

import logging

import pytest

from console.labs.attempts import (
    TaskState,
    begin_attempt,
    judgments,
    progress_of,
    solution_steps,
    start_again,
    use_hint,
    values_of,
)
from console.labs.attempts.start_data import start_data, start_from
from console.labs.catalog import all_labs, find_lab
from console.labs.checks import Status, start_of
from console.labs.models import Attempt
from console.labs.trials import Trial
from console.labs.trials.steps import perform_step
from iam.models import Sandbox
from tests.labs.answering import answer_rightly


def begun(user, slug="same-account-role"):
    """Return a lab, and an attempt of it with a hand that performs steps in its world."""
    lab = all_labs()[slug]
    attempt = begin_attempt(user, lab)
    return lab, attempt


def do(attempt, lab, steps):
    """Perform steps in the attempt's world, as its student would."""
    values, start = values_of(attempt, lab), start_from(attempt.start)
    trial = Trial(lab, Sandbox.objects.get(pk=attempt.sandbox_id), values, start)
    for step in steps:
        if "answer" in step:
            answer_rightly(attempt, lab, step["answer"])
        else:
            perform_step(trial, step, lab.student.starts)
    assert trial.refused == []


def states(attempt, lab):
    attempt.refresh_from_db()
    return [one.state for one in progress_of(attempt, lab).tasks]


def test_the_start_of_a_world_survives_as_data(alice):
    _, attempt = begun(alice)
    start = start_of(attempt.sandbox)
    assert start_from(start_data(start)) == start
    assert start_from(Attempt.objects.get().start) == start


def test_a_second_start_goes_on_with_the_first(alice, bob):
    lab, attempt = begun(alice)
    assert begin_attempt(alice, lab) == attempt
    other = begin_attempt(bob, lab)
    assert other.sandbox_id != attempt.sandbox_id
    assert values_of(other, lab).items() & values_of(attempt, lab).items() == set()
    assert Sandbox.objects.count() == 2


def test_the_solution_solves_and_an_undone_one_shows_as_broken(alice):
    lab, attempt = begun(alice)
    assert states(attempt, lab) == [TaskState.OPEN, TaskState.LOCKED]
    do(attempt, lab, lab.solution.steps)
    assert states(attempt, lab) == [TaskState.SOLVED, TaskState.SOLVED]
    assert attempt.finished_at is not None
    do(
        attempt,
        lab,
        [{"call": {"iam:DeleteRolePolicy": {"RoleName": "Reader", "PolicyName": "read"}}}],
    )
    assert states(attempt, lab) == [TaskState.BROKEN, TaskState.SOLVED]
    do(attempt, lab, lab.solution.steps[1:])
    assert states(attempt, lab) == [TaskState.SOLVED, TaskState.SOLVED]


def test_an_attack_that_is_a_read_counts_and_stays_solved(alice):
    lab, attempt = begun(alice, "external-id")
    assert states(attempt, lab) == [TaskState.OPEN, TaskState.OPEN]
    attack = [step for step in lab.solution.steps if "sts:AssumeRole" in step.get("call", {})]
    do(attempt, lab, attack)
    assert states(attempt, lab) == [TaskState.SOLVED, TaskState.OPEN]
    start_again(attempt.sandbox)
    assert states(attempt, lab) == [TaskState.SOLVED, TaskState.OPEN]


def test_what_solved_a_task_once_for_all_stays_to_be_read(alice):
    lab, attempt = begun(alice, "the-course-1")
    do(attempt, lab, lab.solution.steps[:2])
    states(attempt, lab)
    do(attempt, lab, lab.solution.steps[2:3])
    assert states(attempt, lab)[:2] == [TaskState.SOLVED, TaskState.SOLVED]
    for one in progress_of(attempt, lab).tasks[:2]:
        assert [check.name for check in one.checks] == [check.name for check in one.task.checks]
        assert {check.status for check in one.checks} == {Status.PASSED}


def test_what_was_there_before_a_restart_is_not_new_after_it(alice):
    lab, attempt = begun(alice, "external-id")
    start_again(attempt.sandbox)
    attempt.refresh_from_db()
    before = start_from(attempt.start)
    assert before == start_of(attempt.sandbox)
    assert states(attempt, lab) == [TaskState.OPEN, TaskState.OPEN]


def test_nothing_is_judged_again_while_nothing_changes(
    alice, monkeypatch, django_assert_max_num_queries
):
    lab, attempt = begun(alice)
    progress_of(attempt, lab)
    attempt.refresh_from_db()
    monkeypatch.setattr(judgments, "judge_task", None)
    with django_assert_max_num_queries(4):  # one of them reads the answers to questions
        progress_of(attempt, lab)


def test_a_check_that_breaks_the_judge_breaks_no_page(alice, monkeypatch, caplog):
    lab, attempt = begun(alice)

    def broken(*_, **__):
        raise ZeroDivisionError

    monkeypatch.setattr(judgments, "judge_task", broken)
    with caplog.at_level(logging.CRITICAL):
        assert states(attempt, lab) == [TaskState.OPEN, TaskState.LOCKED]
    assert progress_of(attempt, lab).tasks[0].checks == ()


def test_a_hint_takes_its_cost_off_and_is_free_after_solving(alice):
    lab, attempt = begun(alice)
    assert not use_hint(attempt, lab, "build", 2)
    assert not use_hint(attempt, lab, "nothing", 1)
    assert use_hint(attempt, lab, "build", 1)
    assert use_hint(attempt, lab, "build", 1)
    assert progress_of(attempt, lab).tasks[0].points == 80
    assert use_hint(attempt, lab, "build", 2)
    assert not use_hint(attempt, lab, "build", 4)
    do(attempt, lab, lab.solution.steps)
    assert progress_of(attempt, lab).points == 90


def test_hints_after_solving_are_free(alice):
    lab, attempt = begun(alice)
    do(attempt, lab, lab.solution.steps)
    assert use_hint(attempt, lab, "build", 1)
    assert use_hint(attempt, lab, "build", 2)
    assert progress_of(attempt, lab).points == 100


@pytest.mark.parametrize("slug", all_labs())
def test_the_solution_reads_as_lines_for_the_cli(alice, slug):
    lab, attempt = begun(alice, slug)
    steps = solution_steps(lab, values_of(attempt, lab))
    assert all(one.line.startswith("aws ") or one.words for one in steps)
    assert not any("{you}" in one.line for one in steps)


def test_no_slug_leads_out_of_the_library():
    assert [find_lab(slug) for slug in ("", "..", "../library/external-id", "\0")] == [None] * 4


@pytest.mark.parametrize("slug", all_labs())
def test_whoever_makes_a_call_of_a_solution_is_named_as_people_do(slug):
    named = {step.by for step in solution_steps(all_labs()[slug], {})}
    assert [one for one in named if "'" in one or "{" in one] == []


@pytest.mark.parametrize(
    ("slug", "words"),
    [
        ("the-course-1", "As user1, switch to the role S3Access in the console."),
        ("the-course-1", "As user1, leave the role S3Access in the console."),
        ("the-course-3", "Move the sandbox's clock by +1h."),
        ("the-course-5", "Download metadata.xml from the identity provider."),
        (
            "the-course-5",
            "At the identity provider, offer the role Developers to the group Developers.",
        ),
    ],
)
def test_what_is_no_call_stands_in_the_solution_in_words(slug, words):
    steps = solution_steps(all_labs()[slug], {})
    assert words in [step.words for step in steps]
