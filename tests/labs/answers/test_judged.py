"""Answers that were judged by hand under AWS's rules, judged by the labs' checks.

`further.json` has right answers by unusual mechanisms, and wrong ones that nearly work. So has
`other_labs.json`, where each answer names the task that was judged.
"""

import json
from pathlib import Path
from typing import Any

import pytest

from console.labs.files import read_lab
from console.labs.library import LIBRARY
from console.labs.trials import try_answers

HERE = Path(__file__).parent
ANSWERS: list[dict[str, Any]] = [
    answer
    for file in ("judged.json", "further.json")
    for answer in json.loads((HERE / file).read_text(encoding="utf-8"))
]
VARIABLES = {"ext": "ours-123", "rival_ext": "rival-999"}
JUDGED = {
    "external-id": "fix",
    "same-account-role": "build",
    "update-assume-role-policy": "fix",
}
"""The task that was judged."""


@pytest.mark.django_db
@pytest.mark.parametrize("slug", JUDGED)
def test_every_answer_is_judged_as_it_was_by_hand(slug):
    lab, task = read_lab(LIBRARY / slug), JUDGED[slug]
    fixed = {name: value for name, value in VARIABLES.items() if name in lab.variables}
    own = [answer for answer in ANSWERS if answer["lab"] == slug]

    shown = try_answers(lab, own, fixed)

    assert {one["name"]: one["refused"] for one in shown if one["refused"]} == {}
    assert [(one["name"], task in one["solved"]) for one in shown] == [
        (answer["name"], answer["verdict"] == "right") for answer in own
    ]


@pytest.mark.parametrize("slug", JUDGED)
@pytest.mark.parametrize("verdict", ["right", "wrong"])
def test_there_are_twenty_right_and_twenty_wrong_answers_to_each_lab(slug, verdict):
    own = [one for one in ANSWERS if (one["lab"], one["verdict"]) == (slug, verdict)]

    assert len(own) >= 20
    assert len({one["name"] for one in own}) == len(own)


OTHERS: list[dict[str, Any]] = json.loads((HERE / "other_labs.json").read_text(encoding="utf-8"))


@pytest.mark.django_db
@pytest.mark.parametrize("slug", sorted({one["lab"] for one in OTHERS}))
def test_every_answer_to_another_lab_is_judged_as_it_was_by_hand(slug):
    own = [answer for answer in OTHERS if answer["lab"] == slug]

    shown = try_answers(read_lab(LIBRARY / slug), own, {})

    assert {one["name"]: one["refused"] for one in shown if one["refused"]} == {}
    assert [
        (one["name"], answer["task"] in one["solved"])
        for one, answer in zip(shown, own, strict=True)
    ] == [(answer["name"], answer["verdict"] == "right") for answer in own]
