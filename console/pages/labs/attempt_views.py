"""An attempt as its page and its drawer show it."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property

from django.contrib.auth.models import AbstractBaseUser, AnonymousUser
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString

from console.classes.talk import Talk, talk_of
from console.labs.attempts import (
    LastWrite,
    OwnWay,
    Progress,
    SolutionStep,
    TaskState,
    Terms,
    case_of,
    last_writes,
    own_way,
    progress_of,
    questions_of_task,
    solution_steps,
    terms_of,
    values_of,
)
from console.labs.files import LabFile
from console.labs.models import Attempt
from console.labs.rules import LabRules, Ruling, Tool, rules_of
from console.labs.scenarios import start_passwords
from console.labs.tracks import next_lab
from console.pages.labs.assigned import AssignedView, assigned_view
from console.pages.labs.bubbles import BubbleView, bubble_views
from console.pages.labs.entries import EntryView, entry_views
from console.pages.labs.lookup import is_own
from console.pages.labs.markdown import as_html
from console.pages.labs.questions import QuestionView, question_view
from console.pages.labs.task_views import TaskView, task_views
from console.signin.console import visited
from sts.built_in import name_of

_NEWS = timedelta(minutes=2)
"""How long a solved task is news."""


@dataclass
class AttemptView:
    """An attempt with what is shown of it.

    `own` is whether the visitor may change it, `owned` whether this browser is its owner's; `rules`
    are those that bind its student.
    """

    attempt: Attempt
    lab: LabFile
    own: bool
    owned: bool
    rules: LabRules
    user: AbstractBaseUser | AnonymousUser

    @cached_property
    def values(self) -> dict[str, str]:
        return values_of(self.attempt, self.lab)

    @cached_property
    def progress(self) -> Progress:
        return progress_of(self.attempt, self.lab)

    @cached_property
    def terms(self) -> Terms:
        return terms_of(self.attempt)

    @cached_property
    def assigned(self) -> AssignedView | None:
        """Return what the class asks for; None outside of one."""
        return assigned_view(self.attempt, self.terms)

    @cached_property
    def tasks(self) -> list[TaskView]:
        return task_views(self.lab, self.progress, self.values, self.questions, self.terms)

    @property
    def looks_back(self) -> bool:
        """Return whether the debrief shows: once all is solved, or nothing counts any more."""
        over = self.terms.is_over and self.terms.shows_correctness
        return self.progress.finished or over

    @property
    def shows_solution(self) -> bool:
        return self.terms.shows_solution(self.progress.finished)

    @cached_property
    def questions(self) -> dict[str, list[QuestionView]]:
        """Return the questions of each task that is not locked; the world is read once."""
        asking = [
            one.task
            for one in self.progress.tasks
            if one.state is not TaskState.LOCKED
            and any(check.kind in {"predict", "choose"} for check in one.task.checks)
        ]
        if not asking:
            return {}
        case = case_of(self.attempt, self.lab)
        return {
            task.id: [
                question_view(one, self.values)
                for one in questions_of_task(self.attempt, case, task)
            ]
            for task in asking
        }

    @property
    def bubbles(self) -> list[BubbleView]:
        if self.progress.hidden:
            return []
        return bubble_views(self.lab, self.progress, self.values)

    @cached_property
    def entries(self) -> list[EntryView]:
        return entry_views(self.attempt, self.rules, self.accounts)

    @cached_property
    def talk(self) -> Talk | None:
        """Return what passes between this attempt and the class's teachers."""
        return talk_of(self.attempt, self.user)

    @property
    def directory(self) -> str:
        """Return the address of the identity provider, if the lab's student acts as its people."""
        people = any(one.startswith("person:") for one in self.rules.principals)
        return reverse("idp", args=[name_of(self.attempt.sandbox).slug]) if people else ""

    @property
    def why(self) -> Ruling:
        return self.rules.allows(Tool.WHY)

    @property
    def clock(self) -> Ruling:
        return self.rules.allows(Tool.CLOCK)

    @property
    def restart(self) -> Ruling:
        return self.rules.allows(Tool.RESTART)

    @property
    def cli(self) -> Ruling:
        return self.rules.allows(Tool.CLI)

    @property
    def passwords(self) -> list[tuple[EntryView, str]]:
        """Return whom the student may act as now with a password of the start, and that."""
        if not self.own:
            return []
        known = start_passwords(self.attempt.sandbox)
        now = (entry for entry in self.entries if not entry.later)
        return [(one, known[one.who]) for one in now if one.who in known]

    @cached_property
    def writes(self) -> list[LastWrite]:
        """Return the writes that can be undone, the newest first."""
        frozen = self.attempt.sandbox.is_frozen(timezone.now())
        return last_writes(self.attempt) if self.own and not frozen else []

    @property
    def accounts(self) -> dict[str, str]:
        names = self.lab.world["accounts"]
        return {name: self.values[name] for name in names if name in self.values}

    @property
    def most_points(self) -> int:
        return sum(task.points for task in self.lab.tasks)

    @property
    def debrief(self) -> SafeString:
        return as_html(self.lab.texts[self.lab.debrief], self.values)

    @property
    def solution(self) -> list[SolutionStep]:
        return solution_steps(self.lab, self.values)

    @cached_property
    def own_way(self) -> OwnWay:
        return own_way(self.attempt)

    @property
    def next_lab(self) -> LabFile | None:
        return next_lab(self.lab)

    @cached_property
    def news(self) -> TaskView | None:
        """Return the task that was solved last, if that was just now."""
        last = self.progress.last_solved
        if last is None or timezone.now() - last.at > _NEWS:
            return None
        return next((task for task in self.tasks if task.id == last.task), None)

    @property
    def now(self) -> datetime:
        """Return the time by the clock of the attempt's world."""
        return self.attempt.sandbox.time_at(timezone.now())


def attempt_view(request: HttpRequest, attempt: Attempt, lab: LabFile) -> AttemptView:
    rules = rules_of(attempt.sandbox, visited(request).visit)
    return AttemptView(
        attempt,
        lab,
        own=is_own(request, attempt),
        owned=attempt.owner_id == request.user.pk,
        rules=rules,
        user=request.user,
    )
