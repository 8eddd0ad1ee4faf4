"""Answers that were judged by hand under AWS's rules, judged by the labs' checks."""

import json
from pathlib import Path
from typing import Any

import pytest

from console.labs.files import read_lab
from console.labs.library import LIBRARY
from console.labs.trials import try_answers

ANSWERS: list[dict[str, Any]] = json.loads(
    (Path(__file__).parent / "judged.json").read_text(encoding="utf-8")
)
VARIABLES = {"ext": "ours-123", "rival_ext": "rival-999"}
JUDGED = {"same-account-role": "build"}
"""The task that was judged, where it is not `fix`."""


@pytest.mark.django_db
@pytest.mark.parametrize("answer", ANSWERS, ids=lambda one: f"{one['lab']}: {one['name']}")
def test_an_answer_is_judged_as_it_was_by_hand(answer):
    lab = read_lab(LIBRARY / answer["lab"])
    fixed = {name: value for name, value in VARIABLES.items() if name in lab.variables}

    (shown,) = try_answers(lab, [answer], fixed)

    task = JUDGED.get(answer["lab"], "fix")
    failed = [one for one in shown["checks"] if one["status"] == "failed" and one["task"] == task]
    assert (task in shown["solved"]) is (answer["verdict"] == "right"), failed
    assert shown["refused"] == []


def test_there_are_right_and_wrong_answers_to_each_lab():
    verdicts = {(answer["lab"], answer["verdict"]) for answer in ANSWERS}

    assert verdicts == {
        (lab, verdict)
        for lab in ("same-account-role", "external-id", "update-assume-role-policy")
        for verdict in ("right", "wrong")
    }
