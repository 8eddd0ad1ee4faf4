"""Work on labs: attempts, task by task. Whether correctness shows, an attempt's terms decide."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib.auth.models import User
from django.db.models import QuerySet
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from console.api.http.operations import PAGE, SINCE, operation
from console.api.http.paging import answer_page, page_of
from console.api.http.problems import NotThere
from console.api.http.views import ApiView, user_of
from console.api.resources.people import StudentRef
from console.api.resources.seen import class_taught
from console.classes.access import teaches_attempt
from console.classes.matrix.changes import changed_since
from console.classes.models import Class, Enrollment
from console.labs.attempts import (
    Progress,
    TaskProgress,
    TaskState,
    is_worker,
    judged_progress,
    own_attempts,
    progress_of,
    terms_of,
)
from console.labs.lab_versions import lab_of
from console.labs.models import Attempt


@dataclass(frozen=True)
class SeenAttempt:
    """An attempt; `hidden` while its viewer may not learn what is right."""

    attempt: Attempt
    hidden: bool
    students: Sequence[Enrollment] = ()
    progress: Progress | None = None

    @property
    def assignment(self) -> str | None:
        assignment = self.attempt.assignment
        return assignment.public_id if assignment else None

    @property
    def handed_in_at(self) -> datetime | None:
        return terms_of(self.attempt).handed_in

    @property
    def judged(self) -> Attempt | None:
        """Return the attempt for what its viewer sees only where correctness shows."""
        return None if self.hidden else self.attempt

    @property
    def tasks(self) -> list["SeenTask"]:
        tasks = self.progress.tasks if self.progress else ()
        return [SeenTask(one, self.hidden) for one in tasks]


@dataclass(frozen=True)
class SeenTask:
    """A task of an attempt, as its viewer may see it."""

    progress: TaskProgress
    hidden: bool

    @property
    def judged(self) -> TaskProgress | None:
        return None if self.hidden else self.progress


class AttemptShape(serializers.Serializer[SeenAttempt]):
    """An attempt. `states` has a letter for each task: L(ocked), O(pen), S(olved), B(roken)."""

    id = serializers.CharField(source="attempt.public_id")
    lab = serializers.CharField(source="attempt.lab")
    assignment = serializers.CharField(allow_null=True)
    students = StudentRef(many=True)
    hidden = serializers.BooleanField(
        help_text="Whether states, points and the end are withheld: it is an exam."
    )
    states = serializers.CharField(source="judged.states", default=None, allow_null=True)
    points = serializers.IntegerField(source="judged.points", default=None, allow_null=True)
    seq = serializers.IntegerField(source="attempt.seq")
    set_aside = serializers.BooleanField(source="attempt.set_aside")
    started_at = serializers.DateTimeField(source="attempt.started_at")
    handed_in_at = serializers.DateTimeField(allow_null=True)
    finished_at = serializers.DateTimeField(
        source="judged.finished_at", default=None, allow_null=True
    )


class HintShape(serializers.Serializer[Any]):
    """A hint that was shown."""

    text = serializers.CharField(help_text="Markdown; names in braces stand for values.")
    cost = serializers.IntegerField()


class TaskShape(serializers.Serializer[SeenTask]):
    """A task of an attempt. `counted` are its points now, `points` those that it can bring."""

    id = serializers.CharField(source="progress.task.id")
    title = serializers.CharField(source="progress.task.title")
    state = serializers.ChoiceField(
        [state.value for state in TaskState],
        source="judged.state.value",
        default=None,
        allow_null=True,
    )
    counted = serializers.IntegerField(source="judged.counted", default=None, allow_null=True)
    points = serializers.IntegerField(source="progress.points")
    most = serializers.IntegerField(source="progress.task.points")
    hints = HintShape(many=True, source="progress.hints")


class AttemptInFull(AttemptShape):
    """An attempt with its tasks, judged just now."""

    tasks = TaskShape(many=True)


def of_students(course_class: Class, attempts: Sequence[Attempt]) -> list[SeenAttempt]:
    """Return a class's attempts with the students who work on each; one query."""
    rows = Enrollment.objects.filter(course_class=course_class).select_related("user__profile")
    owners = [one.owner_id for one in attempts]
    teams = [one.team_id for one in attempts if one.team_id]
    here = list((rows.filter(user__in=owners) | rows.filter(team__in=teams)).order_by("pk"))
    found = []
    for attempt in attempts:
        team = attempt.team_id
        members = [
            one
            for one in here
            if (one.team_id == team if team else one.user_id == attempt.owner_id)
        ]
        found.append(SeenAttempt(attempt, hidden=False, students=members))
    return found


def _own(attempts: Sequence[Attempt]) -> list[SeenAttempt]:
    return [SeenAttempt(one, not terms_of(one).shows_correctness) for one in attempts]


def _rows(attempts: QuerySet[Attempt]) -> QuerySet[Attempt]:
    return attempts.select_related("assignment").defer("results", "start", "missing", "latched")


class ClassAttempts(ApiView):
    """The attempts of a class."""

    area = "attempts"

    @operation(
        "list_class_attempts",
        page_of(AttemptShape, since=True),
        query=[*PAGE, SINCE],
        problems=[404],
    )
    def get(self, request: Request, class_id: str) -> Response:
        """List the attempts of a class that you teach, or those that changed.

        States and points are as they were when somebody last looked. Keep `since` of the first
        page, and send it with the next request.
        """
        course_class = class_taught(user_of(request), class_id)
        wanted = request.query_params.get("since", "")
        changed, since = changed_since(course_class, wanted)
        rows = Attempt.objects.filter(assignment__course_class=course_class, waits=False)
        if wanted:
            rows = rows.filter(pk__in=changed or ())
        return answer_page(
            request,
            _rows(rows).order_by("pk"),
            AttemptShape,
            lambda page: of_students(course_class, page),
            since=since,
        )


class OwnAttempts(ApiView):
    """The attempts of the token's user."""

    area = "attempts"

    @operation("list_own_attempts", page_of(AttemptShape), query=PAGE)
    def get(self, request: Request) -> Response:
        """List your own attempts, your team's too. In an exam nothing shows what is right."""
        rows = _rows(own_attempts(user_of(request))).order_by("pk")
        return answer_page(request, rows, AttemptShape, _own)


class OneAttempt(ApiView):
    """One attempt."""

    area = "attempts"

    @operation("get_attempt", AttemptInFull, problems=[404])
    def get(self, request: Request, attempt_id: str) -> Response:
        """Get an attempt of your own, or of a class that you teach, with its tasks.

        It is judged for that: this takes longer than a list. Teachers see an exam's state, too.
        """
        return Response(AttemptInFull(_seen(user_of(request), attempt_id)).data)


def _seen(user: User, attempt_id: str) -> SeenAttempt:
    attempts = Attempt.objects.select_related("sandbox", "owner", "assignment__course_class")
    attempt = attempts.filter(public_id=attempt_id, waits=False).first()
    if attempt is None:
        raise NotThere
    works, teaches = is_worker(user, attempt), teaches_attempt(user, attempt)
    lab = lab_of(attempt)
    if lab is None or not (works or teaches):
        raise NotThere
    if works:
        hidden = not terms_of(attempt).shows_correctness
        progress = progress_of(attempt, lab)
        return SeenAttempt(attempt, hidden, progress=progress)
    progress = judged_progress(attempt, lab)
    course_class = attempt.assignment.course_class if attempt.assignment else None
    students = of_students(course_class, [attempt])[0].students if course_class else ()
    return SeenAttempt(attempt, hidden=False, students=students, progress=progress)
