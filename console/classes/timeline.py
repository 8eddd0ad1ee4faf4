"""What a student did in an attempt: calls, denials, hints, answers, solved tasks."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from django.contrib.auth.models import User
from django.db.models import Q

from console.classes.models import HelpRequest
from console.classes.student_names import PLAIN_NAMES, names_in
from console.labs.attempts import counting_answers
from console.labs.files import LabFile
from console.labs.models import Attempt, MemberCall
from iam.callers import DENIAL_CODES
from iam.models import Event, Sandbox
from iam.trail import operation_of

MOST = 300
_ENCODED = " Encoded authorization failure message:"
"""What EC2 ends a denial with: a screenful of letters that nobody reads."""
_SIGN_IN = "signin.amazonaws.com"


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
    """One thing that happened, at a time of the site; `by` is the identity of the world.

    In a team's attempt `member` is who did it, where that is known.
    """

    at: datetime
    kind: EntryKind
    words: str
    detail: str = ""
    by: str = ""
    member: str = ""


class _Members:
    """Who did what in a team's attempt; of an attempt of one student nothing is asked."""

    def __init__(self, attempt: Attempt) -> None:
        self._of_team = attempt.team_id is not None
        self._calls: dict[UUID, str] = {}
        self._names = PLAIN_NAMES
        if self._of_team:
            if attempt.assignment:
                self._names = names_in(attempt.assignment.course_class_id)
            calls = MemberCall.objects.filter(attempt=attempt).select_related("member__profile")
            for call in calls:
                name = self._names.of(call.member)
                self._calls[call.event_id] = f"{name}'s key" if call.by_key else name

    def of_call(self, event: Event) -> str:
        """Return who made a call; of a sign-in, which changes nothing, it is not noted."""
        if not self._of_team or event.source == _SIGN_IN:
            return ""
        return self._calls.get(event.event_id, "not known")

    def named(self, user: User | None) -> str:
        if not self._of_team:
            return ""
        return self._names.of(user) if user else "not known"


def _calls(attempt: Attempt, sandbox: Sandbox, members: _Members) -> Iterator[TimelineEntry]:
    """Yield the writes and the refused calls since the start; successful reads say little."""
    events = Event.in_sandbox(sandbox).filter(
        ~Q(error_code="") | Q(read_only=False), time__gte=attempt.started_at + sandbox.clock_offset
    )
    columns = ("time", "source", "name", "error_code", "user_name", "record", "resources")
    for event in events.only(*columns, "event_id")[:MOST]:
        kind = EntryKind.CALL
        if event.error_code:
            kind = EntryKind.DENIED if event.error_code in DENIAL_CODES else EntryKind.REFUSED
        error = str(event.record.get("errorMessage", "")).partition(_ENCODED)[0]
        named = ", ".join(str(one.get("ResourceName", "")) for one in event.resources[:2])
        words = operation_of(event.source, event.name)
        at, member = event.time - sandbox.clock_offset, members.of_call(event)
        yield TimelineEntry(at, kind, words, error or named, event.user_name, member)


def _work(attempt: Attempt, lab: LabFile | None, members: _Members) -> Iterator[TimelineEntry]:
    titles = {task.id: task.title for task in lab.tasks} if lab else {}
    for solve in attempt.solves.all():
        words = titles.get(solve.task, solve.task)
        yield TimelineEntry(solve.at, EntryKind.SOLVED, words, f"{solve.points} points")
    for hint in attempt.hint_uses.select_related("by__profile"):
        words = f"Hint {hint.number} of {titles.get(hint.task, hint.task)}"
        yield TimelineEntry(hint.at, EntryKind.HINT, words, member=members.named(hint.by))
    counting = counting_answers(attempt, lab) if lab else {}
    for response in attempt.responses.select_related("by__profile").order_by("-pk")[:MOST]:
        words = titles.get(response.task, response.task)
        outcome = "right" if response.right else "wrong"
        about = (response.task, response.check_name)
        if response.number > counting.get(about, response.number):
            outcome += ", a later answer: it does not count"
        member = members.named(response.by)
        yield TimelineEntry(response.at, EntryKind.ANSWER, words, outcome, member=member)
    requests = HelpRequest.objects.filter(attempt=attempt)
    for request in requests.select_related("enrollment__user__profile"):
        member, asked = members.named(request.enrollment.user), "Asked for help"
        yield TimelineEntry(request.asked_at, EntryKind.HELP, asked, request.text, member=member)


def timeline_of(attempt: Attempt, lab: LabFile | None) -> list[TimelineEntry]:
    """Return what happened in an attempt, the newest first; seven queries at most."""
    sandbox = Sandbox.objects.defer("scenario").get(pk=attempt.sandbox_id)
    members = _Members(attempt)
    entries = [*_calls(attempt, sandbox, members), *_work(attempt, lab, members)]
    return sorted(entries, key=lambda one: one.at, reverse=True)[:MOST]
