"""An attempt's tasks as its page shows them."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from django.utils.safestring import SafeString
from django.utils.text import capfirst

from console.labs.attempts import Progress, TaskProgress, TaskState, Terms
from console.labs.checks import CheckResult, Status
from console.labs.files import Check, LabFile, Task
from console.pages.labs.markdown import as_html
from console.pages.labs.questions import QuestionView

Values = Mapping[str, str]

_NAME = re.compile(r"(?<!\$)\{([a-z][a-z0-9_-]*)(?:\.[A-Za-z0-9_]+)*\}")
_WORDS = {
    "implicit_deny": "denied, since nothing allows it",
    "explicit_deny": "denied by a statement",
}
_STATES = {
    TaskState.LOCKED: ("stopped", "Not open yet"),
    TaskState.OPEN: ("pending", "Not solved yet"),
    TaskState.SOLVED: ("success", "Solved"),
    TaskState.BROKEN: ("warning", "Solved, broken now"),
}


WITH_A_REASON = {"assume", "call", "can", "without"}
"""The kinds of check whose results rest on one decision."""
_CHECK_STATES = {
    Status.PASSED: ("success", "Passes"),
    Status.FAILED: ("error", "Fails"),
    Status.WAITING: ("pending", "Waits for the other checks"),
}
_NOT_YET = ("stopped", "Not yet")
_HIDDEN = ("pending", "Not shown")


@dataclass(frozen=True)
class CheckView:
    """A check in words; one that is `explained` shows what was expected and what the world has.

    It fails where the student did something about it or broke it; before that it is not yet done.
    """

    name: str
    question: str
    status: str
    state: str
    expected: str
    got: str
    decisive: str
    message: SafeString
    explained: bool
    has_reason: bool
    open: bool


@dataclass(frozen=True)
class TaskView:
    """A task with its text, checks and hints; `opened_by` is the task that opens it."""

    id: str
    title: str
    text: SafeString
    kind: str
    state: str
    points: int
    most_points: int
    checks: list[CheckView]
    questions: Sequence[QuestionView]
    hints: list[SafeString]
    next_hint: int
    next_cost: int
    opened_by: str
    begins_anew: bool
    missing: str

    @property
    def now_works(self) -> list[str]:
        """Return what a solved task's checks have shown, as sentences; the first few."""
        asked = {one.name for one in self.questions}
        shown = [one for one in self.checks if one.got and one.name not in asked]
        answers = [f"{one.question} {capfirst(one.got)}." for one in shown]
        return answers[:3]

    @property
    def passed(self) -> int:
        return sum(check.status == "success" for check in self.checks)


def _placeholders(task: Task) -> dict[str, str]:
    """Return what stands for the names that the student has yet to give: `the new role`."""
    words = {}
    for name, declared in task.let.items():
        (kind, wanted), *_ = declared.items()
        words[name] = f"the new {kind}" if wanted.get("new") else f"the {kind}"
    return words


def in_words(text: str, task: Task) -> str:
    """Return what a check asks or found in words: names that it binds, and verdicts."""
    words = _placeholders(task)
    text = _NAME.sub(lambda found: words.get(found[1], found[0]), text)
    return _WORDS.get(text, text)


def _state(
    one: TaskProgress, check: Check, result: CheckResult, question: QuestionView | None
) -> tuple[str, str]:
    """Return the status of a check and its word; a question fails by a wrong answer alone."""
    if check.reveal == "none":
        return _HIDDEN
    if result.status is Status.FAILED:
        wrong = question is not None and question.last is not None and not question.last.right
        if not wrong and (question is not None or check.name in one.untouched):
            return _NOT_YET
    return _CHECK_STATES[result.status]


def _has_reason(one: TaskProgress, check: Check, result: CheckResult) -> bool:
    """Return whether there is a decision of now to show: a task solved once is judged no more."""
    past = one.task.once and one.solved
    return check.kind in WITH_A_REASON and result.status is not Status.WAITING and not past


def _check_view(
    lab: LabFile,
    one: TaskProgress,
    check: Check,
    result: CheckResult,
    values: Values,
    question: QuestionView | None,
) -> CheckView:
    message = lab.messages.get(check.message, "") if result.status is Status.FAILED else ""
    status, state = _state(one, check, result, question)
    return CheckView(
        name=check.name,
        question=in_words(result.question, one.task),
        status=status,
        state=state,
        expected=in_words(result.expected, one.task),
        got=in_words(result.got, one.task),
        decisive=in_words(result.decisive, one.task),
        message=as_html(message, values),
        explained=check.reveal == "explain",
        has_reason=_has_reason(one, check, result),
        open=False,
    )


def _first_to_look_at(views: Sequence[CheckView]) -> str:
    """Return the first check that fails, else the first that does not pass yet."""
    for states in ({"error"}, {"error", "stopped", "pending"}):
        for view in views:
            if view.status in states:
                return view.name
    return ""


def _checks(
    lab: LabFile, one: TaskProgress, values: Values, questions: Sequence[QuestionView]
) -> list[CheckView]:
    declared = {check.name: check for check in one.task.checks}
    asked = {question.name: question for question in questions}
    views = [
        _check_view(lab, one, declared[row.name], row, values, asked.get(row.name))
        for row in one.checks
        if row.name in declared
    ]
    first = _first_to_look_at(views)
    return [replace(view, open=view.name == first) for view in views]


def _listed(names: Sequence[str]) -> str:
    """Return names as a sentence has them: `dev, web and Admin`."""
    *first, last = names or [""]
    return f"{', '.join(first)} and {last}" if first else last


def _task_view(
    lab: LabFile, one: TaskProgress, values: Values, questions: Sequence[QuestionView]
) -> TaskView:
    task, (kind, state) = one.task, _STATES[one.state]
    locked = one.state is TaskState.LOCKED
    return TaskView(
        id=task.id,
        title=task.title,
        text=as_html("" if locked else lab.texts[task.text], values),
        kind=kind,
        state=state,
        points=one.points,
        most_points=task.points,
        checks=_checks(lab, one, values, questions),
        questions=questions,
        hints=[as_html(hint.text, values) for hint in one.hints],
        next_hint=len(one.hints) + 1 if one.next_hint and not locked else 0,
        next_cost=one.next_hint.cost if one.next_hint and not one.solved else 0,
        opened_by=lab.task(task.after).title if locked else "",
        begins_anew=one.begins_anew,
        missing=_listed(one.missing),
    )


def task_views(
    lab: LabFile,
    progress: Progress,
    values: Values,
    questions: Mapping[str, Sequence[QuestionView]],
    terms: Terms,
) -> list[TaskView]:
    views = [_task_view(lab, one, values, questions.get(one.task.id, ())) for one in progress.tasks]
    if progress.hidden:
        return [replace(view, kind="pending", state="Open") for view in views]
    return [replace(view, checks=_lowered(lab, view, terms)) for view in views]


def _lowered(lab: LabFile, view: TaskView, terms: Terms) -> list[CheckView]:
    """Return checks with no more than a class lets its students see of them."""
    if terms.reveal == "explain":
        return view.checks
    revealed = {one.name: terms.revealed(one.reveal) for one in lab.task(view.id).checks}
    quiet = [
        replace(one, got="", decisive="", message=SafeString(), explained=False)
        for one in view.checks
    ]
    return [
        replace(one, status="pending", state="is not shown")
        if revealed[one.name] == "none"
        else one
        for one in quiet
    ]
