"""Questions of a lab, asked of a student one by one, and their answers, which stay."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import IntegrityError, transaction

from console.labs.attempts.cases import case_of
from console.labs.attempts.first_answers import QUESTIONS, answers_that_count
from console.labs.attempts.terms import terms_of
from console.labs.checks import Case, likely_binding
from console.labs.checks.predictions import (
    LAYERS,
    VERDICTS,
    Asks,
    RightAnswer,
    answers_in_a_row,
    asked_of,
    is_right,
    nth_question,
    right_answer,
    wanted_in_a_row,
)
from console.labs.files import Check, LabFile, Task
from console.labs.models import Attempt, Response

Option = tuple[str, str]
"""What is sent, and its words."""


@dataclass(frozen=True)
class OpenQuestion:
    """The question to answer now: `number` goes back with the answer.

    A prediction has options for each part that it asks for, `verdict` and `layer`: one of each is
    chosen. A choice has one part, `chosen`, of which any number are marked (`several`). Where first
    answers count, `counting` is how many answers to this check do, from the first on.
    """

    task: str
    check: str
    number: int
    text: str
    parts: Mapping[str, tuple[Option, ...]]
    several: bool
    row: int = 0
    wanted: int = 1
    counting: int = 0

    @property
    def counts(self) -> bool:
        """Return whether this answer is one of the first, which alone bring points."""
        return self.number <= self.counting


@dataclass(frozen=True)
class AnsweredQuestion:
    """An answer that was given, and what is right, both in words by part.

    `decisive` is the statement that decides, `because` the author's text (Markdown). A choice is
    answered again until it is right: until then nothing of what is right is here. Where an exam or
    its class hides what is right, `right` is None and the rest is empty. `counts` is whether it is
    one of the first answers, where these alone bring points; it is None where all answers do.
    """

    number: int
    text: str
    given: Mapping[str, str]
    answer: Mapping[str, str]
    right: bool | None
    decisive: str = ""
    because: str = ""
    counts: bool | None = None


class NotAsked(LookupError):
    """An answer to what is no open question of the attempt, or that is none of the options."""


def _check(lab: LabFile, task_id: str, name: str) -> Check:
    for task in lab.tasks:
        for check in task.checks:
            if (task.id, check.name) == (task_id, name) and check.kind in QUESTIONS:
                return check
    raise NotAsked(f"{task_id}.{name}")


def _responses(attempt: Attempt, check: Check) -> list[Response]:
    rows = Response.objects.filter(attempt=attempt, task=check.task, check_name=check.name)
    return list(rows.order_by("number"))


def _right_answer(case: Case, check: Check, asks: Asks) -> RightAnswer:
    return right_answer(case, asks, likely_binding(case, case.lab.task(check.task)))


def _options(words: Mapping[str, str]) -> tuple[Option, ...]:
    return tuple(words.items())


def open_question(attempt: Attempt, lab: LabFile, task_id: str, name: str) -> OpenQuestion | None:
    """Return the question of a check that is to be answered now; None once it is solved.

    In an exam as many questions are asked as count, right or wrong: a choice once. Raises NotAsked
    for what is no question of the lab.
    """
    check = _check(lab, task_id, name)
    return _open(case_of(attempt, lab), attempt, check, _responses(attempt, check))


def _open(
    case: Case, attempt: Attempt, check: Check, responses: Sequence[Response]
) -> OpenQuestion | None:
    number, terms = len(responses) + 1, terms_of(attempt)
    counting = answers_that_count(check) if terms.first_answers_count else 0
    if terms.is_exam and (terms.is_over or number > counting):
        return None
    if check.kind == "choose":
        if responses and responses[-1].right and not terms.is_exam:
            return None
        asks = case.fill(check.asks, {})
        parts = {"chosen": tuple((one, one) for one in asks["options"])}
        return OpenQuestion(
            check.task, check.name, number, asks["question"], parts, True, counting=counting
        )
    row, wanted = answers_in_a_row([one.right for one in responses]), wanted_in_a_row(check)
    if terms.is_exam:
        row = len(responses)
    elif row >= wanted:
        return None
    text = _right_answer(case, check, nth_question(check, attempt.public_id, number)).question
    known = {"verdict": _options(VERDICTS), "layer": _options(LAYERS)}
    parts = {part: known[part] for part in asked_of(check)}
    return OpenQuestion(check.task, check.name, number, text, parts, False, row, wanted, counting)


@dataclass(frozen=True)
class TaskQuestion:
    """A question check of a task: what is open, None once it is solved, and what was answered."""

    check: Check
    open: OpenQuestion | None
    answered: Sequence[AnsweredQuestion]


def questions_of_task(attempt: Attempt, case: Case, task: Task) -> list[TaskQuestion]:
    """Return the questions of a task, each with its answers; one query for each."""
    found = []
    for check in task.checks:
        if check.kind in QUESTIONS:
            responses = _responses(attempt, check)
            answered = [_answered(attempt, case.lab, check, one) for one in responses]
            found.append(TaskQuestion(check, _open(case, attempt, check, responses), answered))
    return found


def answer_question(
    attempt: Attempt,
    lab: LabFile,
    task_id: str,
    name: str,
    number: int,
    given: Mapping[str, str | Sequence[str]],
) -> AnsweredQuestion:
    """Store an answer to the open question and return it with what is right.

    `given` has a value for each part of the question, for `chosen` a list. A number that was
    answered before returns what was answered then. Raises NotAsked.
    """
    check = _check(lab, task_id, name)
    responses, case = _responses(attempt, check), case_of(attempt, lab)
    known = next((one for one in responses if one.number == number), None)
    if known is not None:
        return _answered(attempt, lab, check, known)
    asked = _open(case, attempt, check, responses)
    if asked is None or asked.number != number:
        raise NotAsked(f"{task_id}.{name}: question {number} is not open")
    value = _value(asked, given)
    question, right = _judged(case, attempt, check, asked, value)
    row = Response(
        attempt=attempt,
        task=check.task,
        check_name=check.name,
        number=number,
        question=question,
        value=value,
        right=right,
    )
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError:  # a second click answered it in the meantime
        return answer_question(attempt, lab, task_id, name, number, given)
    return _answered(attempt, lab, check, row)


def _value(asked: OpenQuestion, given: Mapping[str, str | Sequence[str]]) -> dict[str, Any]:
    """Return what was answered, if it is one of the options for each part."""
    value: dict[str, Any] = {}
    for part, options in asked.parts.items():
        chosen = given.get(part, [] if asked.several else "")
        marked = [chosen] if isinstance(chosen, str) else list(chosen)
        unknown = set(marked) - {key for key, _ in options}
        if unknown or (not asked.several and len(marked) != 1):
            raise NotAsked(f"{part}: {chosen} is none of the options")
        value[part] = [key for key, _ in options if key in marked] if asked.several else marked[0]
    return value


def _judged(
    case: Case, attempt: Attempt, check: Check, asked: OpenQuestion, value: dict[str, Any]
) -> tuple[dict[str, Any], bool]:
    """Return the question as it is stored, and whether the answer is right."""
    if check.kind == "choose":
        asks = case.fill(check.asks, {})
        answer = {"chosen": ", ".join(asks["right"]) or "none"}
        kept = {"text": asked.text, "answer": answer, "because": asks.get("because", "")}
        return kept, set(value["chosen"]) == set(asks["right"])
    asks = nth_question(check, attempt.public_id, asked.number)
    right = _right_answer(case, check, asks)
    words = {"verdict": right.verdict, "layer": right.layer}
    kept = {
        "text": right.question,
        "answer": {part: words[part] for part in asked.parts},
        "decisive": right.decisive or right.missing,
        "because": asks.get("because", ""),
    }
    return kept, is_right(check, value, right)


def _answered(attempt: Attempt, lab: LabFile, check: Check, row: Response) -> AnsweredQuestion:
    terms = terms_of(attempt)
    counts = row.number <= answers_that_count(check) if terms.first_answers_count else None
    words = {**VERDICTS, **LAYERS}
    text: str = row.question["text"]
    given = {
        part: ", ".join(value) or "none" if isinstance(value, list) else words[value]
        for part, value in row.value.items()
    }
    open_still = "chosen" in row.value and not row.right and not terms.is_exam
    if not terms.shows_correctness or terms.reveal == "none":
        return AnsweredQuestion(row.number, text, given, answer={}, right=None, counts=counts)
    if terms.reveal != "explain":
        return AnsweredQuestion(row.number, text, given, {}, row.right, counts=counts)
    return AnsweredQuestion(
        number=row.number,
        text=text,
        given=given,
        answer={} if open_still else row.question["answer"],
        right=row.right,
        decisive=row.question.get("decisive", ""),
        because="" if open_still else lab.messages.get(row.question.get("because", ""), ""),
        counts=counts,
    )


def answered_questions(
    attempt: Attempt, lab: LabFile, task_id: str, name: str
) -> list[AnsweredQuestion]:
    """Return the answers that were given to a check, the oldest first. Raises NotAsked."""
    check = _check(lab, task_id, name)
    return [_answered(attempt, lab, check, one) for one in _responses(attempt, check)]
