"""What is asked later: a check of the whole world waits for the others, and says what for."""

import pytest

from console.labs.checks import judge_task
from tests.labs.checks.labs import ADMINISTRATOR, lab_of, trial_of, trust

pytestmark = pytest.mark.django_db

WORLD = {
    "users": [
        {"account": "you", "name": "admin", "managed": [ADMINISTRATOR]},
        {"account": "you", "name": "dev"},
    ],
    "roles": [
        {"account": "you", "name": "Admin", "trust": trust({"Service": "ec2.amazonaws.com"})},
    ],
}
FAILING = {
    "name": "reads",
    "can": {"as": "you/dev", "action": "s3:GetObject", "resource": "arn:aws:s3:::a/b"},
    "expect": "allowed",
}
WAITING = [
    (
        {"never": {"from": "you/dev", "goal": "admin"}},
        "Is there a way of up to 5 steps for user dev to become an administrator?",
        "no way",
    ),
    (
        {"never": {"from": "you/dev", "goal": {"role": "you/Admin"}, "steps": 2}},
        "Is there a way of up to 2 steps for user dev to act as arn:aws:iam::{you}:role/Admin?",
        "no way",
    ),
    (
        {"unchanged_access": {"of": "all"}},
        "Does everybody else reach what they reached at the start, and no more?",
        "yes",
    ),
]


@pytest.mark.parametrize(("check", "question", "expected"), WAITING)
def test_a_check_that_waits_asks_as_it_will_ask(tmp_path, check, question, expected):
    lab = lab_of(tmp_path, WORLD, FAILING, {"name": "later", **check})
    case = trial_of(lab).case()
    (task,) = lab.tasks

    _, later = judge_task(case, task, sparing=True).checks

    assert (later.status, later.expected) == ("waiting", expected)
    assert later.question == question.replace("{you}", case.values["you"])
