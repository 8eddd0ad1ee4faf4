"""*Why?* of a check or of a prediction: the decision that it rests on, with every statement."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from console.labs.attempts import NotAsked, TaskState, case_of, reason_of_answer
from console.labs.checks import reason_of
from console.labs.files import Check, Tool
from console.pages.decisions.layer_views import explained_view
from console.pages.labs.attempt_views import AttemptView, attempt_view
from console.pages.labs.lookup import own_attempt
from console.pages.labs.task_views import WITH_A_REASON
from console.pages.ways_to_call import WAYS_TO_CALL
from console.signin.guard import withheld_page
from iam.analysis import LAYER_NAMES


def _check(view: AttemptView, task_id: str, name: str) -> Check:
    """Return a check of a task that is not locked, if its reasons may be seen; raises Http404."""
    if view.progress.hidden:
        raise Http404
    for one in view.progress.tasks:
        if one.task.id == task_id and one.state is not TaskState.LOCKED:
            for check in one.task.checks:
                if check.name == name and view.terms.revealed(check.reveal) == "explain":
                    return check
    raise Http404


def _page(view: AttemptView, check: Check) -> dict[str, Any]:
    return {
        "view": view,
        "task": view.lab.task(check.task),
        "layers": LAYER_NAMES,
        "ways": WAYS_TO_CALL,
        "advice": view.rules.allows(Tool.ADVICE),
    }


@never_cache
@require_safe
def attempt_why(request: HttpRequest, attempt_id: str, task_id: str, name: str) -> HttpResponse:
    """Show why a check finds what it finds, where the lab lets its student see reasons."""
    view = attempt_view(request, *own_attempt(request, attempt_id))
    ruling = view.rules.allows(Tool.WHY)
    if not ruling:
        return withheld_page(request, ruling, reverse("attempt", args=[attempt_id]))
    check = _check(view, task_id, name)
    if check.kind not in WITH_A_REASON:
        raise Http404
    result, explanation = reason_of(case_of(view.attempt, view.lab), check)
    context = {
        "question": result.question,
        "undecided": result.decisive or result.got,
        "one": explanation,
        "shown": explained_view(explanation) if explanation else None,
    }
    return render(request, "labs/why.html", {**_page(view, check), **context})


@never_cache
@require_safe
def attempt_answer_why(
    request: HttpRequest, attempt_id: str, task_id: str, name: str, number: int
) -> HttpResponse:
    """Show why the answer to a prediction is what it is, once the question was answered."""
    view = attempt_view(request, *own_attempt(request, attempt_id))
    ruling = view.rules.allows(Tool.WHY)
    if not ruling:
        return withheld_page(request, ruling, reverse("attempt", args=[attempt_id]))
    check = _check(view, task_id, name)
    try:
        reason = reason_of_answer(view.attempt, view.lab, check, number)
    except NotAsked as error:
        raise Http404 from error
    context = {
        "question": reason.answered.text,
        "undecided": reason.now.missing or reason.now.decisive,
        "one": reason.explanation,
        "shown": explained_view(reason.explanation) if reason.explanation else None,
        "has_changed": reason.has_changed,
    }
    return render(request, "labs/why.html", {**_page(view, check), **context})
