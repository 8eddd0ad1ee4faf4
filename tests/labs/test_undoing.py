"""*Undo* of an attempt: the newest write, in words, taken back."""

from datetime import timedelta

import pytest

from console.labs.attempts import (
    TaskState,
    begin_attempt,
    last_writes,
    own_way,
    progress_of,
    start_again,
    undo_last,
)
from console.labs.catalog import all_labs
from console.labs.models import Attempt
from console.labs.rows.undo import MOST_STEPS
from console.labs.sandboxes import move_clock
from iam.models import Event, Role, Sandbox
from tests.labs.test_attempts import do


@pytest.fixture
def lab():
    return all_labs()["same-account-role"]


@pytest.fixture
def attempt(alice, lab):
    return begin_attempt(alice, lab)


def names(attempt):
    return [str(one) for one in last_writes(attempt)]


def test_an_attempt_begins_with_nothing_to_undo(attempt):
    assert last_writes(attempt) == []
    assert undo_last(attempt, 1) is None


def test_the_last_writes_are_in_words_with_their_time(attempt, lab):
    do(attempt, lab, lab.solution.steps)
    assert names(attempt) == ["PutRolePolicy Reader", "CreateRole Reader"]
    newest = last_writes(attempt)[0]
    event = Event.in_sandbox(attempt.sandbox).get(name="PutRolePolicy")
    assert newest.at.replace(microsecond=0) == event.time.replace(microsecond=0)


def test_undo_takes_the_newest_write_back_and_records_that(attempt, lab):
    do(attempt, lab, lab.solution.steps)
    for expected in ("PutRolePolicy Reader", "CreateRole Reader"):
        assert str(undo_last(attempt, last_writes(attempt)[0].step)) == expected
    assert not Role.in_sandbox(attempt.sandbox).filter(name="Reader").exists()
    assert Event.in_sandbox(attempt.sandbox).filter(name="Undo").count() == 2
    assert names(attempt) == []


def test_only_the_write_that_was_shown_is_undone(attempt, lab):
    do(attempt, lab, lab.solution.steps[:1])
    shown = last_writes(attempt)[0].step
    do(attempt, lab, lab.solution.steps[1:])
    assert undo_last(attempt, shown) is None
    assert names(attempt) == ["PutRolePolicy Reader", "CreateRole Reader"]


def test_undo_lowers_neither_stamp_nor_generation_nor_clock(attempt, lab):
    do(attempt, lab, lab.solution.steps)
    move_clock(attempt.sandbox, timedelta(hours=3))
    before = Sandbox.objects.get(pk=attempt.sandbox_id)
    undo_last(attempt, last_writes(attempt)[0].step)
    after = Sandbox.objects.get(pk=attempt.sandbox_id)
    assert after.stamp > before.stamp
    assert (after.generation, after.clock_offset) == (before.generation, before.clock_offset)


def test_what_was_solved_stays_solved_and_shows_as_broken(attempt, lab):
    do(attempt, lab, lab.solution.steps)
    assert progress_of(attempt, lab).finished
    undo_last(attempt, last_writes(attempt)[0].step)
    attempt.refresh_from_db()
    assert [one.state for one in progress_of(attempt, lab).tasks] == [
        TaskState.BROKEN,
        TaskState.SOLVED,
    ]


def test_there_is_nothing_to_undo_after_starting_again(attempt, lab):
    do(attempt, lab, lab.solution.steps)
    start_again(attempt.sandbox)
    assert last_writes(attempt) == []


def test_the_list_takes_two_queries_however_long_it_is(attempt, lab, django_assert_max_num_queries):
    do(attempt, lab, lab.solution.steps)
    with django_assert_max_num_queries(2):
        last_writes(attempt)


def test_the_own_way_has_every_write_that_was_not_undone_since_the_last_start(
    attempt, lab, monkeypatch
):
    def lines():
        return [one.line.split()[2] for one in own_way(Attempt.objects.get()).steps]

    do(attempt, lab, [{"call": {"iam:CreateGroup": {"GroupName": "lost"}}}])
    start_again(attempt.sandbox)
    attempt.refresh_from_db()
    assert lines() == []
    users = [{"call": {"iam:CreateUser": {"UserName": f"user-{n}"}}} for n in range(MOST_STEPS + 2)]
    do(attempt, lab, [*lab.solution.steps, *users])
    undo_last(attempt, last_writes(attempt)[0].step)
    do(attempt, lab, [{"call": {"iam:ListUsers": {}}}])
    assert lines() == ["create-role", "put-role-policy", *["create-user"] * (MOST_STEPS + 1)]
    monkeypatch.setattr("console.labs.attempts.own_ways.MOST", 3)
    way = own_way(attempt)
    assert ([one.by for one in way.steps], way.left_out) == (["admin"] * 3, MOST_STEPS)
