"""Predictions and choices on an attempt's page: asked, answered, and asked anew."""

import re

import pytest
from django.contrib.auth import get_user_model
from django.urls import reverse

from console.labs.attempts import begin_attempt, case_of
from console.labs.catalog import all_labs
from console.labs.checks import likely_binding
from console.labs.checks.predictions import nth_question, right_answer
from console.labs.models import Attempt, Response, Solve
from tests.pages.labs.conftest import logged_in
from tests.pages.visitor import text_of

LAB = "who-am-i"
BECAUSE = "Only the default version of a policy counts"


@pytest.fixture
def asked(alice):
    """Alice's attempt of a lab with choices and predictions."""
    del alice
    return begin_attempt(get_user_model().objects.get(username="alice"), all_labs()[LAB])


def form_of(page, name):
    """Return what a question's form sends along, and its options by part."""
    pattern = rf'id="question-{name}".*?</section>'
    (section,) = re.findall(pattern, page.content.decode(), re.DOTALL)
    hidden = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', section))
    return {name: value for name, value in hidden.items() if name != "identity"}


def url(attempt, name="attempt"):
    return reverse(name, args=[attempt.public_id])


def right_values(attempt, task, name, number):
    lab = all_labs()[LAB]
    check = next(one for one in lab.task(task).checks if one.name == name)
    case = case_of(attempt, lab)
    right = right_answer(
        case, nth_question(check, attempt.public_id, number), likely_binding(case, lab.task(task))
    )
    return {"verdict": right.verdicts[0], "layer": right.layers[0]}


def test_a_choice_is_marked_and_its_answer_shown(alice, asked):
    page = alice.get(url(asked))
    assert "Which version of the policy Files counts?" in text_of(page)
    fields = {**form_of(page, "version"), "chosen": ["Version 2: it is the newest"]}
    answered = alice.post(url(asked, "attempt_answer"), fields, follow=True)
    shown = text_of(answered)
    assert answered.redirect_chain[-1][0].endswith("#question-version")
    assert "Not right" in shown
    assert "You answered Version 2: it is the newest" in shown
    assert BECAUSE not in shown
    assert BECAUSE not in text_of(alice.get(reverse("my_data")))
    fields = {**form_of(answered, "version"), "chosen": ["Version 1: it is the default version"]}
    shown = text_of(alice.post(url(asked, "attempt_answer"), fields, follow=True))
    assert "Right Which version of the policy Files counts?" in shown
    assert BECAUSE in shown


def test_predictions_are_counted_in_a_row_until_they_are_enough(alice, asked):
    wanted = 5
    for number in range(1, wanted + 1):
        page = alice.get(url(asked))
        assert f"{number - 1} of {wanted} right in a row" in text_of(page)
        answer = right_values(asked, "predict", "verdicts", number)
        fields = {**form_of(page, "verdicts"), **answer}
        alice.post(url(asked, "attempt_answer"), fields)
    assert "right in a row" not in text_of(alice.get(url(asked)))
    answer = right_values(asked, "predict", "identity", 1)
    fields = {**form_of(alice.get(url(asked)), "identity"), **answer}
    alice.post(url(asked, "attempt_answer"), fields)
    alice.get(url(asked))
    assert Solve.objects.filter(attempt=asked, task="predict").exists()


def test_a_prediction_that_was_answered_leads_to_its_reason(alice, asked):
    reason = reverse("attempt_answer_why", args=[asked.public_id, "predict", "verdicts", 1])
    assert alice.get(reason).status_code == 404
    fields = {**form_of(alice.get(url(asked)), "verdicts"), "verdict": "refused", "layer": "NONE"}
    answered = alice.post(url(asked, "attempt_answer"), fields, follow=True)
    assert reason in answered.content.decode()
    shown = text_of(alice.get(reason))
    assert "Policies that applied" in shown
    assert "Your world has changed" not in shown
    Response.objects.update(question={**Response.objects.get().question, "answer": {"layer": "?"}})
    assert "Your world has changed since you answered" in text_of(alice.get(reason))
    for other in ("version/1", "verdicts/2", "nothing/1"):
        assert alice.get(reason.replace("verdicts/1", other)).status_code == 404
    for client in (logged_in("bob"), logged_in("teacher", administrator=True)):
        assert client.get(reason).status_code == 404


def test_an_answer_is_news_to_every_open_page(alice, asked):
    page = alice.get(url(asked))
    before = Attempt.objects.get(pk=asked.pk).seq
    fields = {**form_of(page, "version"), "chosen": ["Version 2: it is the newest"]}
    alice.post(url(asked, "attempt_answer"), fields)
    assert Attempt.objects.get(pk=asked.pk).seq > before


@pytest.mark.parametrize(
    "wrong",
    [
        {"number": "99"},
        {"number": "x"},
        {"number": "\u00b2"},
        {"check": "nothing"},
        {"task": "\x00"},
        {"chosen": ["something else"]},
    ],
)
def test_what_was_not_asked_is_not_answered(alice, asked, wrong):
    fields = {**form_of(alice.get(url(asked)), "version"), "chosen": [], **wrong}
    assert alice.post(url(asked, "attempt_answer"), fields).status_code == 404
    assert not Response.objects.exists()


def test_nobody_answers_for_somebody_else(alice, asked):
    fields = {**form_of(alice.get(url(asked)), "version"), "chosen": []}
    for client in (logged_in("bob"), logged_in("teacher", administrator=True)):
        assert client.post(url(asked, "attempt_answer"), fields).status_code == 404
