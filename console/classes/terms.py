"""The terms of a student's work: an assignment's, with what the student is granted beside it."""

import json
from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any

from django.db.models import F, QuerySet

from console.classes.models import Assignment, Enrollment, Extension
from console.labs.attempts import Terms, packed_terms, terms_of
from console.labs.models import Attempt
from iam.models import Sandbox


@dataclass(frozen=True)
class Leeway:
    """What a student is granted apart from the others; a team has the most of what its members do.

    `percent` is extra time of exams, `minutes` are extra ones for this assignment.
    """

    due: datetime | None = None
    closes: datetime | None = None
    minutes: int = 0
    percent: int = 0


def _utc(time: datetime | None) -> datetime | None:
    """Return a time in UTC, where an hour more is an hour later, also when the clocks change."""
    return time.astimezone(UTC) if time else None


def _later(first: datetime | None, second: datetime | None) -> datetime | None:
    """Return the later time; nothing is later than no limit."""
    return _utc(max(first, second) if first and second else first)


def _extra(assignment: Assignment, grant: Leeway) -> timedelta:
    """Return what a student has beside the time of everybody."""
    extra = timedelta(minutes=assignment.extra_minutes + grant.minutes)
    if assignment.mode != "exam" or not grant.percent:
        return extra
    whole = timedelta(minutes=assignment.minutes or 0)
    if not whole and assignment.opens and assignment.closes:
        whole = assignment.closes.astimezone(UTC) - assignment.opens.astimezone(UTC)
        whole = max(whole, timedelta())
    return extra + whole * grant.percent / 100


def terms_for(
    assignment: Assignment,
    grant: Leeway = Leeway(),
    started_at: datetime | None = None,
    handed_in: datetime | None = None,
) -> Terms:
    """Return what a student works under who began at a time, or has not begun.

    One's own minutes begin with one's start, and end at the close at the latest. Extra time moves
    all ends.
    """
    extra, started_at = _extra(assignment, grant), _utc(started_at)
    due, closes = _later(assignment.due, grant.due), _later(assignment.closes, grant.closes)
    closes = closes + extra if closes else None
    if assignment.start_by_button and assignment.minutes and started_at:
        own_end = started_at + timedelta(minutes=assignment.minutes) + extra
        closes = min(closes, own_end) if closes else own_end
    return Terms(
        mode=assignment.mode,
        opens=_utc(assignment.opens),
        due=due + extra if due else None,
        closes=closes,
        hints=assignment.hints,
        solution=assignment.solution,
        reveal=assignment.reveal,
        results_shown=assignment.results_shown_at is not None,
        handed_in=_utc(handed_in),
    )


def _merged(extensions: Iterable[Extension], percent: int) -> Leeway:
    """Return the most of what several students are granted."""
    rows = list(extensions)
    return Leeway(
        due=max((one.due for one in rows if one.due), default=None),
        closes=max((one.closes for one in rows if one.closes), default=None),
        minutes=max((one.extra_minutes for one in rows), default=0),
        percent=percent,
    )


@dataclass
class Leeways:
    """What the students of a class are granted for one assignment; two queries."""

    assignment: Assignment

    def __post_init__(self) -> None:
        found = Enrollment.objects.filter(course_class=self.assignment.course_class_id)
        self._enrollments = list(found.filter(removed_at=None).order_by("pk"))
        extensions = Extension.objects.filter(assignment=self.assignment)
        self._extensions = {one.enrollment_id: one for one in extensions}

    def _of(self, enrollments: Collection[Enrollment]) -> Leeway:
        keys = [one.pk for one in enrollments]
        extensions = [self._extensions[one] for one in keys if one in self._extensions]
        return _merged(extensions, max((one.extra_time for one in enrollments), default=0))

    def of_student(self, enrollment: Enrollment) -> Leeway:
        if enrollment.team_id:
            return self._of([one for one in self._enrollments if one.team_id == enrollment.team_id])
        return self._of([enrollment])

    def of_attempt(self, attempt: Attempt) -> Leeway:
        if attempt.team_id:
            return self._of([one for one in self._enrollments if one.team_id == attempt.team_id])
        return self._of([one for one in self._enrollments if one.user_id == attempt.owner_id])


def leeways_of(enrollment: Enrollment, assignments: Collection[Assignment]) -> dict[int, Leeway]:
    """Return what a student, or the student's team, is granted by assignment; two queries."""
    members = [enrollment]
    if enrollment.team_id:
        members = list(Enrollment.objects.filter(team=enrollment.team_id, removed_at=None))
    percent = max(one.extra_time for one in members)
    rows: dict[int, list[Extension]] = {}
    for one in Extension.objects.filter(assignment__in=assignments, enrollment__in=members):
        rows.setdefault(one.assignment_id, []).append(one)
    return {one.pk: _merged(rows.get(one.pk, ()), percent) for one in assignments}


def leeway_of(assignment: Assignment, enrollment: Enrollment) -> Leeway:
    """Return what one student, or the student's team, is granted."""
    return Leeways(assignment).of_student(enrollment)


def attempt_terms(assignment: Assignment, grant: Leeway, attempt: Attempt) -> Terms:
    """Return what an attempt is worked under; one that waits has not begun."""
    started_at = None if attempt.waits else attempt.started_at
    known = terms_of(attempt)
    terms = terms_for(assignment, grant, started_at, known.handed_in)
    return replace(terms, unlocked=known.unlocked)


def _stored(attempts: QuerySet[Attempt], terms: Terms) -> None:
    """Write terms onto attempts and their worlds, and let open drawers show them."""
    attempts.update(terms=packed_terms(terms), seq=F("seq") + 1)
    exam = terms.is_exam
    worlds = Sandbox.objects.filter(attempt__in=attempts)
    worlds.update(exam=exam, frozen_at=terms.end if exam else None)


def give_terms(attempt: Attempt, terms: Terms) -> None:
    """Write terms onto one attempt."""
    _stored(Attempt.objects.filter(pk=attempt.pk), terms)
    attempt.terms = packed_terms(terms)


def apply_terms(assignment: Assignment, enrollments: Collection[Enrollment] | None = None) -> None:
    """Write the terms of an assignment onto its attempts, after it or a grant has changed.

    Two statements for all attempts whose terms are equal, however many they are. With
    `enrollments` only what these students work on is looked at.
    """
    attempts = Attempt.objects.filter(assignment=assignment).defer("results", "start")
    if enrollments is not None:
        users, teams = [one.user_id for one in enrollments], {one.team_id for one in enrollments}
        attempts = attempts.filter(owner__in=users) | attempts.filter(team__in=teams - {None})
    grants, groups = Leeways(assignment), dict[str, tuple[Terms, list[int]]]()
    for attempt in attempts:
        terms = attempt_terms(assignment, grants.of_attempt(attempt), attempt)
        packed: dict[str, Any] = packed_terms(terms)
        if packed != attempt.terms:
            key = json.dumps(packed, sort_keys=True)
            groups.setdefault(key, (terms, []))[1].append(attempt.pk)
    for terms, keys in groups.values():
        _stored(Attempt.objects.filter(pk__in=keys), terms)
