"""Questions asked of a student one by one, and the answers that stay."""

import pytest

from console.labs.attempts import (
    NotAsked,
    answer_question,
    answered_questions,
    begin_attempt,
    open_question,
    progress_of,
    values_of,
)
from console.labs.attempts.cases import case_of
from console.labs.attempts.start_data import start_from
from console.labs.catalog import all_labs
from console.labs.checks import likely_binding
from console.labs.checks.predictions import nth_question, right_answer
from console.labs.models import Response
from console.labs.trials import Trial
from console.labs.trials.steps import perform_step
from tests.labs.checks.labs import lab_of
from tests.labs.checks.questions import CHOICE, MESSAGES, VERDICTS, WORLD

pytestmark = pytest.mark.django_db


def begun(user, folder):
    lab = lab_of(folder, WORLD, VERDICTS, **MESSAGES)
    return lab, begin_attempt(user, lab)


def next_question(attempt, lab, name="verdicts"):
    asked = open_question(attempt, lab, "fix", name)
    assert asked is not None
    return asked


def answer_next(attempt, lab, *, rightly):
    asked = next_question(attempt, lab)
    (check,) = lab.tasks[0].checks
    asks = nth_question(check, attempt.public_id, asked.number)
    right = right_answer(case_of(attempt, lab), asks)
    verdict = right.verdicts[0] if rightly else "refused"
    given = {"verdict": verdict, "layer": right.layers[0]}
    return answer_question(attempt, lab, "fix", "verdicts", asked.number, given)


def test_a_wrong_answer_breaks_the_row_and_the_next_question_is_another(alice, tmp_path):
    lab, attempt = begun(alice, tmp_path)
    first = next_question(attempt, lab)
    assert (first.number, first.row, first.wanted) == (1, 0, 3)
    assert set(first.parts) == {"verdict", "layer"}

    for rightly in (True, True, False):
        answered = answer_next(attempt, lab, rightly=rightly)
        assert answered.right is rightly
        assert answered.decisive
    asked = next_question(attempt, lab)
    assert (asked.number, asked.row) == (4, 0)
    assert asked.text not in {
        one.text for one in answered_questions(attempt, lab, "fix", "verdicts")
    }
    assert progress_of(attempt, lab).tasks[0].checks[0].got == "0 in a row"

    for _ in range(3):
        answer_next(attempt, lab, rightly=True)
    assert open_question(attempt, lab, "fix", "verdicts") is None
    assert progress_of(attempt, lab).finished
    texts = {one.because for one in answered_questions(attempt, lab, "fix", "verdicts")}
    assert texts == {"", "A deny always wins."}


def test_the_first_answer_to_a_question_stays(alice, tmp_path):
    lab, attempt = begun(alice, tmp_path)
    first = answer_next(attempt, lab, rightly=False)

    again = answer_question(
        attempt, lab, "fix", "verdicts", 1, {"verdict": "allowed", "layer": "NONE"}
    )

    assert again == first
    assert Response.objects.count() == 1


@pytest.mark.parametrize(
    ("name", "number", "given"),
    [
        ("other", 1, {}),
        ("verdicts", 7, {"verdict": "allowed", "layer": "NONE"}),
        ("verdicts", 1, {"verdict": "perhaps", "layer": "NONE"}),
        ("verdicts", 1, {"verdict": "allowed"}),
        ("verdicts", 1, {"verdict": ["allowed", "refused"], "layer": "NONE"}),
        ("verdicts", 1, {"verdict": [], "layer": "NONE"}),
    ],
)
def test_what_was_not_asked_is_not_stored(alice, tmp_path, name, number, given):
    lab, attempt = begun(alice, tmp_path)

    with pytest.raises(NotAsked):
        answer_question(attempt, lab, "fix", name, number, given)
    assert not Response.objects.exists()


def test_a_choice_is_answered_again_until_it_is_right(alice, tmp_path):
    lab = lab_of(tmp_path, WORLD, CHOICE, **MESSAGES)
    attempt = begin_attempt(alice, lab)
    asked = next_question(attempt, lab, "who")
    right = f"admin of {case_of(attempt, lab).values['you']}"
    assert asked.several
    assert asked.parts["chosen"][0] == (right, right)

    wrong = answer_question(attempt, lab, "fix", "who", 1, {"chosen": [right, "dev"]})
    assert (wrong.right, wrong.answer, wrong.because) == (False, {}, "")
    assert progress_of(attempt, lab).tasks[0].checks[0].got == f"{right}, dev"
    answered = answer_question(attempt, lab, "fix", "who", 2, {"chosen": right})

    assert (answered.right, answered.because) == (True, "A deny always wins.")
    assert open_question(attempt, lab, "fix", "who") is None
    assert progress_of(attempt, lab).finished


def test_a_question_about_a_role_that_the_student_named_means_the_one_that_works(alice):
    """The first role that was made trusts nobody who asks; the second one solves the task."""
    lab = all_labs()["the-course-1"]
    attempt = begin_attempt(alice, lab)
    broken = {
        "RoleName": "AFirstTry",
        "AssumeRolePolicyDocument": {
            "Version": "2012-10-17",
            "Statement": [
                {
                    "Effect": "Allow",
                    "Principal": {"Service": "ec2.amazonaws.com"},
                    "Action": "sts:AssumeRole",
                }
            ],
        },
    }
    trial = Trial(lab, attempt.sandbox, values_of(attempt, lab), start_from(attempt.start))
    for step in ({"call": {"iam:CreateRole": broken}}, *lab.solution.steps[:3]):
        perform_step(trial, step, lab.student.starts)
    case = case_of(attempt, lab)
    binding = likely_binding(case, lab.task("in-the-role"))
    assert binding == {"hero": f"arn:aws:iam::{case.values['main']}:role/S3Access"}
    assert likely_binding(case, all_labs()["the-course-2"].task("deny")) == {}
