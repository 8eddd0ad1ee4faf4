"""Questions of a lab: a prediction or a choice, and what was answered to it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.safestring import SafeString
from django.views.decorators.http import require_POST

from console.labs.attempts import (
    NotAsked,
    OpenQuestion,
    TaskQuestion,
    answer_question,
    note_member_answer,
    raise_version,
)
from console.pages.labs.lookup import own_attempt
from console.pages.labs.markdown import as_html
from console.signin.local_paths import local_path

_LEGENDS = {
    "verdict": "What does AWS answer?",
    "layer": "What decides?",
    "chosen": "Mark all that are right.",
}


@dataclass(frozen=True)
class PartView:
    """One part of a question: radio buttons, or boxes of which any may be marked."""

    name: str
    legend: str
    type: str
    options: Sequence[tuple[str, str]]


@dataclass(frozen=True)
class AnswerView:
    """The last answer to a question, with what is right for each part.

    A choice that is not right yet shows what was given alone. `reason` is the number by which
    *Why?* is asked; 0 for a choice, which no decision answers. `counts` is whether it is one of the
    first answers, where only those bring points.
    """

    text: str
    right: bool | None
    parts: Sequence[tuple[str, str, str]]
    reason: int
    decisive: str
    because: SafeString
    counts: bool | None


@dataclass(frozen=True)
class QuestionView:
    """A question as it stands; `open` has nothing once enough answers were right."""

    task: str
    name: str
    open: OpenQuestion | None
    parts: Sequence[PartView]
    last: AnswerView | None


def _parts(asked: OpenQuestion | None) -> list[PartView]:
    if asked is None:
        return []
    type_ = "checkbox" if asked.several else "radio"
    return [PartView(name, _LEGENDS[name], type_, options) for name, options in asked.parts.items()]


def question_view(question: TaskQuestion, values: Mapping[str, str]) -> QuestionView:
    last = question.answered[-1] if question.answered else None
    return QuestionView(
        task=question.check.task,
        name=question.check.name,
        open=question.open,
        parts=_parts(question.open),
        last=AnswerView(
            text=last.text,
            right=last.right,
            parts=[
                (_LEGENDS[part], given, last.answer.get(part, ""))
                for part, given in last.given.items()
            ],
            reason=last.number if question.check.kind == "predict" and last.answer else 0,
            decisive=last.decisive,
            because=as_html(last.because, values),
            counts=last.counts,
        )
        if last
        else None,
    )


@require_POST
def attempt_answer(request: HttpRequest, attempt_id: str) -> HttpResponse:
    """Store an answer; the page that follows shows how it was."""
    attempt, lab = own_attempt(request, attempt_id)
    sent = request.POST
    task, name, number = (sent.get(field, "") for field in ("task", "check", "number"))
    if not (number.isascii() and number.isdigit() and len(number) < 6):
        raise Http404
    given: dict[str, str | list[str]] = {"chosen": sent.getlist("chosen")}
    given |= {part: sent.get(part, "") for part in ("verdict", "layer")}
    back = local_path(sent.get("next", "")) or reverse("attempt", args=[attempt_id])
    try:
        answer_question(attempt, lab, task, name, int(number), given)
    except NotAsked as error:
        raise Http404 from error
    note_member_answer(attempt, request.user.pk, (task, name, int(number)))
    raise_version(attempt)
    return redirect(f"{back.partition('#')[0]}#question-{name}")
