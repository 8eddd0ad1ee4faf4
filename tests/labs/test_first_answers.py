"""Where work is graded, first answers count; later ones are kept, and bring nothing."""

import pytest

from console.labs.attempts import (
    Terms,
    answer_question,
    answered_questions,
    begin_attempt,
    judged_progress,
    open_question,
    packed_terms,
)
from console.labs.models import Attempt
from tests.labs.checks.labs import lab_of
from tests.labs.checks.questions import CHOICE, MESSAGES, VERDICTS, WORLD
from tests.labs.test_questions import answer_next

pytestmark = pytest.mark.django_db
RIGHT, WRONG = True, False


def begun(user, lab, **terms):
    attempt = begin_attempt(user, lab)
    Attempt.objects.update(terms=packed_terms(Terms(**terms)))
    attempt.refresh_from_db()
    return attempt


def first_option(attempt, lab):
    asked = open_question(attempt, lab, "fix", "who")
    assert asked is not None
    return asked.parts["chosen"][0][0]


@pytest.mark.parametrize(
    ("mode", "answers", "points", "solved"),
    [
        ("practice", [RIGHT, RIGHT, RIGHT], 10, True),
        ("practice", [WRONG, RIGHT, RIGHT, RIGHT], 10, True),
        ("graded", [RIGHT, RIGHT, RIGHT], 10, True),
        ("graded", [WRONG, RIGHT, RIGHT, RIGHT], 0, True),
        ("graded", [RIGHT, RIGHT, WRONG, RIGHT, RIGHT, RIGHT], 0, True),
        ("graded", [RIGHT, WRONG], 0, False),
        ("exam", [RIGHT, RIGHT, RIGHT], 10, True),
        ("exam", [WRONG, RIGHT, RIGHT], 0, False),
    ],
)
def test_of_predictions_as_many_count_as_must_be_right(
    alice, tmp_path, mode, answers, points, solved
):
    lab = lab_of(tmp_path, WORLD, VERDICTS, **MESSAGES)
    attempt = begun(alice, lab, mode=mode)
    for rightly in answers:
        answer_next(attempt, lab, rightly=rightly)
    progress = judged_progress(attempt, lab)
    assert (progress.points, progress.finished) == (points, solved)
    counted = [one.counts for one in answered_questions(attempt, lab, "fix", "verdicts")]
    first = [None if mode == "practice" else True] * 3 + [None if mode == "practice" else False] * 3
    assert counted == first[: len(answers)]


@pytest.mark.parametrize(
    ("mode", "answers", "points", "open_still"),
    [
        ("practice", [WRONG, RIGHT], 10, False),
        ("graded", [RIGHT], 10, False),
        ("graded", [WRONG], 0, True),
        ("graded", [WRONG, RIGHT], 0, False),
        ("exam", [RIGHT], 10, False),
        ("exam", [WRONG], 0, False),
    ],
)
def test_of_a_choice_the_first_one_counts(alice, tmp_path, mode, answers, points, open_still):
    lab = lab_of(tmp_path, WORLD, CHOICE, **MESSAGES)
    attempt = begun(alice, lab, mode=mode)
    right = first_option(attempt, lab)
    for number, rightly in enumerate(answers, 1):
        given = {"chosen": right if rightly else "dev"}
        answer_question(attempt, lab, "fix", "who", number, given)
    assert judged_progress(attempt, lab).points == points
    assert (open_question(attempt, lab, "fix", "who") is not None) is open_still


@pytest.mark.parametrize(
    ("answers", "points"),
    [([], 0), (["who"], 5), (["dev", "who"], 0), (["who", "more"], 10), (["dev", "more"], 5)],
)
def test_a_partial_task_brings_the_points_of_its_other_goals(alice, tmp_path, answers, points):
    more = {**CHOICE, "name": "more"}
    lab = lab_of(tmp_path, WORLD, CHOICE, more, task={"partial": True}, **MESSAGES)
    attempt = begun(alice, lab, mode="graded")
    right = first_option(attempt, lab)
    numbers = {"who": 0, "more": 0}
    for answer in answers:
        name = "more" if answer == "more" else "who"
        numbers[name] += 1
        given = {"chosen": "dev" if answer == "dev" else right}
        answer_question(attempt, lab, "fix", name, numbers[name], given)
    assert judged_progress(attempt, lab).points == points


@pytest.mark.parametrize(
    ("reveal", "right", "answer"),
    [("explain", WRONG, True), ("verdict", WRONG, False), ("none", None, False)],
)
def test_a_class_reveals_no_more_of_an_answer_than_of_a_check(
    alice, tmp_path, reveal, right, answer
):
    lab = lab_of(tmp_path, WORLD, VERDICTS, **MESSAGES)
    attempt = begun(alice, lab, mode="graded", reveal=reveal)
    given = answer_next(attempt, lab, rightly=False)
    assert given.right is right
    assert bool(given.answer) is answer
    assert bool(given.decisive) is answer
