"""What teachers read about a lab: minutes, what goes wrong, every answer and its message."""

import re
from dataclasses import dataclass
from functools import cached_property

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.safestring import SafeString
from django.views.decorators.http import require_safe

from console.labs.attempts import SolutionStep, solution_steps, steps_in_words
from console.labs.authoring.drafts import find_draft
from console.labs.authoring.samples import sample_values
from console.labs.catalog import find_lab, is_open
from console.labs.files import Answer, Check, LabFile, WrongAnswer
from console.labs.published_labs import DRAFT
from console.pages.labs.markdown import as_html
from console.pages.teach.author.room import author_of
from console.pages.teach.guard import for_instructors

_HEADING = re.compile(r"(</?h)([1-4])(?=>)")


@dataclass(frozen=True)
class AnswerNote:
    """An answer with its steps, the tasks that it solves, and what students read who give it."""

    name: str
    steps: list[SolutionStep]
    solves: tuple[str, ...] = ()
    messages: tuple[tuple[str, SafeString], ...] = ()


@dataclass
class LabNotes:
    """A lab as its teachers see it, with sample values for its names."""

    lab: LabFile

    @cached_property
    def values(self) -> dict[str, str]:
        return sample_values(self.lab)

    @property
    def notes(self) -> SafeString:
        """Return the notes, with headings below those of the page."""
        html = as_html(self.lab.texts.get(self.lab.teacher, ""), self.values)
        return SafeString(_HEADING.sub(lambda found: f"{found[1]}{int(found[2]) + 2}", html))

    @property
    def texts(self) -> list[tuple[str, SafeString]]:
        """Return each task's title and text."""
        tasks = self.lab.tasks
        return [(task.title, as_html(self.lab.texts[task.text], self.values)) for task in tasks]

    @property
    def debrief(self) -> SafeString:
        return as_html(self.lab.texts[self.lab.debrief], self.values)

    @property
    def most_points(self) -> int:
        return sum(task.points for task in self.lab.tasks)

    @property
    def solution(self) -> list[SolutionStep]:
        return solution_steps(self.lab, self.values)

    @property
    def alternatives(self) -> list[AnswerNote]:
        return [self._right(one) for one in self.lab.alternatives]

    @property
    def wrong(self) -> list[AnswerNote]:
        return [self._wrong(one) for one in self.lab.wrong]

    def _right(self, answer: Answer) -> AnswerNote:
        titles = tuple(self.lab.task(one).title for one in self.lab.solved_by(answer))
        return AnswerNote(answer.name, steps_in_words(self.lab, answer.steps, self.values), titles)

    def _wrong(self, answer: WrongAnswer) -> AnswerNote:
        steps = steps_in_words(self.lab, answer.steps, self.values)
        return AnswerNote(answer.name, steps, messages=tuple(map(self._message, answer.fails)))

    def _message(self, name: str) -> tuple[str, SafeString]:
        """Return a check that fails, by its task's title, and what the student reads there."""
        task_id, _, check_name = name.partition(".")
        task = self.lab.task(task_id)
        check: Check = next(one for one in task.checks if one.name == check_name)
        text = self.lab.messages.get(check.message, "")
        return f"{task.title}: {check.name}", as_html(text, self.values)


@for_instructors
@require_safe
def lab_notes(request: HttpRequest, lab_slug: str) -> HttpResponse:
    """Show a published lab to its teachers; a draft has its own page."""
    lab = None if lab_slug.endswith(DRAFT) else find_lab(lab_slug)
    if lab is None:
        raise Http404
    context = {
        "view": LabNotes(lab),
        "open": is_open(lab_slug),
        "draft": find_draft(author_of(request), lab_slug),
    }
    return render(request, "teach/lab_notes.html", context)
