"""Predictions: which questions, in which order, and what the engine answers."""

from itertools import pairwise

import pytest

from console.labs.checks.predictions import nth_question, questions_of, right_answer
from console.labs.files import LabError
from tests.labs.checks.labs import lab_of, results_of, trial_of
from tests.labs.checks.questions import CHOICE, MESSAGES, READ, VERDICTS, WORLD

pytestmark = pytest.mark.django_db

CASES = [
    ({"as": "you/dev", **READ}, "allowed", "PRINCIPAL", ""),
    ({"as": "you/intern", **READ}, "implicit_deny", "PRINCIPAL", ""),
    ({"as": "you/banned", **READ}, "explicit_deny", "PRINCIPAL", ""),
    ({"as": "you/bound", **READ}, "implicit_deny", "PERMISSIONS_BOUNDARY", ""),
    ({"as": "other/dev", **READ}, "implicit_deny", "RESOURCE", ""),
    ({"as": "you/dev", "assume": "you/Reader"}, "allowed", "TRUST", ""),
    ({"as": "you/dev", "assume": "you/Reader"}, "allowed", "RESOURCE", ""),
    ({"as": "you/admin", "assume": "you/Reader"}, "implicit_deny", "TRUST", ""),
    # A session that STS does not give reads nothing: what denies is the role's trust policy.
    ({"as": {"chain": ["you/intern", "you/Reader"]}, **READ}, "implicit_deny", "TRUST", ""),
    # GetCallerIdentity needs no permission, not even against an explicit deny.
    # https://docs.aws.amazon.com/STS/latest/APIReference/API_GetCallerIdentity.html
    ({"as": "you/banned", "call": {"sts:GetCallerIdentity": {}}}, "allowed", "NONE", ""),
    # The root user cannot assume a role, whatever the policies say.
    # https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html
    ({"as": {"root": "you"}, "assume": "you/Reader"}, "refused", "NONE", "AccessDenied"),
    # A chained session lasts an hour at most.
    # https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles.html#iam-term-role-chaining
    (
        {"as": {"chain": ["you/dev", "you/Reader"]}, "assume": "you/Reader", "duration": 7200},
        "implicit_deny",
        "PRINCIPAL",
        "",
    ),
    (
        {"as": "you/admin", "call": {"iam:GetUser": {"UserName": "a b"}}},
        "refused",
        "NONE",
        "ValidationError",
    ),
]


@pytest.mark.parametrize(("asks", "verdict", "layer", "code"), CASES, ids=str)
def test_the_engine_answers_from_the_world(tmp_path, asks, verdict, layer, code):
    lab = lab_of(tmp_path, WORLD, {"name": "verdicts", "predict": {"questions": [asks]}})

    answer = right_answer(trial_of(lab).case(), asks)

    assert verdict in answer.verdicts
    assert layer in answer.layers
    assert answer.code == code
    assert answer.missing == ""
    assert answer.question.endswith("?")


def test_a_cross_account_denial_has_two_halves(tmp_path):
    """Either half that is missing is right."""
    asks = {"as": "other/dev", **READ}
    lab = lab_of(tmp_path, WORLD, {"name": "verdicts", "predict": {"questions": [asks]}})
    without = {"call": {"iam:DeleteUserPolicy": {"UserName": "dev", "PolicyName": "all"}}}

    trial = trial_of(lab, {**without, "as": {"root": "other"}})

    assert set(right_answer(trial.case(), asks).layers) == {"RESOURCE", "PRINCIPAL"}


def test_lists_are_every_combination(tmp_path):
    lab = lab_of(tmp_path, WORLD, VERDICTS, **MESSAGES)
    (check,) = lab.tasks[0].checks

    assert [one["as"] for one in questions_of(check)] == [
        "you/dev",
        "you/intern",
        "you/banned",
        "you/dev",
    ]


def test_each_attempt_has_an_order_of_its_own_and_all_questions_come_before_one_comes_again(
    tmp_path,
):
    lab = lab_of(tmp_path, WORLD, VERDICTS, **MESSAGES)
    (check,) = lab.tasks[0].checks
    questions = questions_of(check)

    orders = set()
    for attempt in map(str, range(20)):
        asked = [questions.index(nth_question(check, attempt, n)) for n in range(1, 13)]
        assert asked == [questions.index(nth_question(check, attempt, n)) for n in range(1, 13)]
        for turn in (asked[:4], asked[4:8], asked[8:]):
            assert sorted(turn) == [0, 1, 2, 3]
        assert all(one != after for one, after in pairwise(asked))
        orders.add(tuple(asked))
    assert len(orders) > 10


@pytest.mark.parametrize(
    ("value", "status", "got"),
    [
        ("engine", "passed", "3 in a row"),
        ({"verdict": "allowed", "layer": "PRINCIPAL"}, "failed", "0 in a row"),
    ],
)
def test_a_step_answers_until_enough_are_right(tmp_path, value, status, got):
    lab = lab_of(tmp_path, WORLD, VERDICTS, **MESSAGES)
    answer = {"answer": {"task": "fix", "question": "verdicts", "value": value}}

    result = results_of(lab, answer)["verdicts"]

    assert (result.status, result.got) == (status, got)
    assert results_of(lab)["verdicts"].got == "0 in a row"


@pytest.mark.parametrize(
    ("chosen", "status"),
    [(["admin of {you}"], "passed"), (["dev"], "failed"), ([], "failed")],
)
def test_a_step_chooses(tmp_path, chosen, status):
    lab = lab_of(tmp_path, WORLD, CHOICE, **MESSAGES)
    step = {"choose": chosen, "task": "fix", "question": "who"}

    assert results_of(lab, step)["who"].status == status


@pytest.mark.parametrize(
    ("check", "more", "fault"),
    [
        (VERDICTS, {}, "There is no message `deny_wins`"),
        (
            {"name": "who", "choose": {"question": "?", "options": ["a", "b"], "right": ["c"]}},
            {},
            "`c` is none of the options.",
        ),
        (
            {"name": "v", "predict": {"questions": [{"as": "you/dev", "action": "s3:GetObject"}]}},
            {},
            "is not valid",
        ),
        (
            {"name": "v", "predict": {"questions": [{"as": "you/dev", **READ, "mfaa": True}]}},
            {},
            "mfaa",
        ),
        (
            CHOICE,
            {**MESSAGES, "solution": [{"choose": ["dev"], "task": "fix", "question": "whom"}]},
            "The task `fix` has no question `whom`.",
        ),
    ],
)
def test_a_question_that_cannot_be_asked_is_a_fault_of_the_file(tmp_path, check, more, fault):
    with pytest.raises(LabError) as refused:
        lab_of(tmp_path, WORLD, check, **more)

    assert fault in str(refused.value)
