"""What a student did in an attempt: calls, denials, hints, answers, solved tasks."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from django.db.models import Q

from console.classes.models import HelpRequest
from console.labs.attempts import counting_answers
from console.labs.files import LabFile
from console.labs.models import Attempt
from iam.models import Event, Sandbox

MOST = 300


class EntryKind(StrEnum):
    """What an entry is, in the word that its page shows."""

    CALL = "call"
    DENIED = "denied"
    REFUSED = "refused"
    SOLVED = "solved"
    HINT = "hint"
    ANSWER = "answer"
    HELP = "help"


@dataclass(frozen=True)
class TimelineEntry:
    """One thing that happened, at a time of the site; `by` is the identity of the world."""

    at: datetime
    kind: EntryKind
    words: str
    detail: str = ""
    by: str = ""


_DENIED = {"AccessDenied", "AccessDeniedException", "UnauthorizedOperation"}


def _calls(attempt: Attempt, sandbox: Sandbox) -> Iterator[TimelineEntry]:
    """Yield the writes and the refused calls since the start; successful reads say little."""
    events = Event.in_sandbox(sandbox).filter(
        ~Q(error_code="") | Q(read_only=False), time__gte=attempt.started_at + sandbox.clock_offset
    )
    columns = ("time", "source", "name", "error_code", "user_name", "record", "resources")
    for event in events.only(*columns)[:MOST]:
        service = event.source.partition(".")[0]
        kind = EntryKind.CALL
        if event.error_code:
            kind = EntryKind.DENIED if event.error_code in _DENIED else EntryKind.REFUSED
        error = str(event.record.get("errorMessage", ""))
        named = ", ".join(str(one.get("ResourceName", "")) for one in event.resources[:2])
        words = f"{service}:{event.name}"
        at = event.time - sandbox.clock_offset
        yield TimelineEntry(at, kind, words, error or named, event.user_name)


def _work(attempt: Attempt, lab: LabFile | None) -> Iterator[TimelineEntry]:
    titles = {task.id: task.title for task in lab.tasks} if lab else {}
    for solve in attempt.solves.all():
        words = titles.get(solve.task, solve.task)
        yield TimelineEntry(solve.at, EntryKind.SOLVED, words, f"{solve.points} points")
    for hint in attempt.hint_uses.all():
        words = f"Hint {hint.number} of {titles.get(hint.task, hint.task)}"
        yield TimelineEntry(hint.at, EntryKind.HINT, words)
    counting = counting_answers(attempt, lab) if lab else {}
    for response in attempt.responses.order_by("-pk")[:MOST]:
        words = titles.get(response.task, response.task)
        outcome = "right" if response.right else "wrong"
        asked = (response.task, response.check_name)
        if response.number > counting.get(asked, response.number):
            outcome += ", a later answer: it does not count"
        yield TimelineEntry(response.at, EntryKind.ANSWER, words, outcome)
    for request in HelpRequest.objects.filter(attempt=attempt):
        yield TimelineEntry(request.asked_at, EntryKind.HELP, "Asked for help", request.text)


def timeline_of(attempt: Attempt, lab: LabFile | None) -> list[TimelineEntry]:
    """Return what happened in an attempt, the newest first; five queries."""
    sandbox = Sandbox.objects.defer("scenario").get(pk=attempt.sandbox_id)
    entries = [*_calls(attempt, sandbox), *_work(attempt, lab)]
    return sorted(entries, key=lambda one: one.at, reverse=True)[:MOST]
