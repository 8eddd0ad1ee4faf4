"""Assignments of a class: added, changed, reordered, deleted."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import Count, F, Max, Q, QuerySet

from console.classes.models import Assignment, Class, Mode
from console.classes.own_work import cover_own_work
from console.classes.terms import apply_terms
from console.labs.files import LabFile
from console.labs.lab_versions import version_of_lab
from console.labs.models import Attempt
from console.labs.rows import remove
from iam.models import Sandbox


def add_assignments(course_class: Class, labs: Sequence[LabFile]) -> list[Assignment]:
    """Assign labs, each in the version that it is now, after those that there are."""
    versions = [version_of_lab(lab) for lab in labs]
    with transaction.atomic():
        last = course_class.assignments.aggregate(last=Max("position"))["last"] or 0
        rows = [
            Assignment(course_class=course_class, lab=lab.slug, version=version, position=place)
            for place, (lab, version) in enumerate(zip(labs, versions, strict=True), last + 1)
        ]
        return Assignment.objects.bulk_create(rows)


MOST_MINUTES = 10_000
_YEARS = range(2000, 2200)


def faults_of_times(values: Mapping[str, Any], *names: str) -> dict[str, str]:
    """Return which times no calendar of a class has, by their names."""
    sentence = f"Choose a year from {_YEARS.start} to {_YEARS.stop - 1}."
    given = ((name, values.get(name)) for name in names)
    return {name: sentence for name, time in given if time and time.year not in _YEARS}


def faults_of(assignment: Assignment, values: Mapping[str, Any]) -> dict[str, str]:
    """Return what is wrong with new values of an assignment, as a sentence for each field."""
    found = faults_of_times(values, "opens", "due", "closes")
    opens, due, closes = (
        None if name in found else values.get(name) for name in ("opens", "due", "closes")
    )
    if opens and due and due <= opens:
        found["due"] = "This is not after it opens."
    if opens and closes and closes <= opens:
        found["closes"] = "This is not after it opens."
    elif due and closes and closes < due:
        found["closes"] = "This is before it is due."
    if values.get("minutes") and not values.get("start_by_button"):
        found["minutes"] = "Minutes count from the Start button. Turn it on, too."
    now = Assignment.objects.filter(pk=assignment.pk).values_list("mode", flat=True).first()
    becomes_other = now and (now == Mode.EXAM) != (values.get("mode") == Mode.EXAM)
    if becomes_other and has_begun(assignment):
        found["mode"] = "Students have begun: what is an exam stays one."
    return found


def save_assignment(assignment: Assignment) -> None:
    """Store what has changed, and let the students' work and open drawers follow."""
    with transaction.atomic():
        assignment.save()
        apply_terms(assignment)
        cover_own_work(assignment)


def move_assignment(assignment: Assignment, *, up: bool) -> None:
    """Let an assignment change places with its neighbor."""
    with transaction.atomic():
        rows = list(Assignment.objects.filter(course_class=assignment.course_class_id))
        place = rows.index(assignment)
        other = place - 1 if up else place + 1
        if 0 <= other < len(rows):
            rows[place], rows[other] = rows[other], rows[place]
        for position, one in enumerate(rows, 1):
            one.position = position
        Assignment.objects.bulk_update(rows, ["position"])


@dataclass(frozen=True)
class Loss:
    """What a class loses with an assignment."""

    attempts: int
    solved: int
    awards: int
    remarks: int
    extensions: int


def loss_of(assignment: Assignment) -> Loss:
    begun = Attempt.objects.filter(assignment=assignment, waits=False)
    return Loss(
        attempts=begun.count(),
        solved=begun.aggregate(solved=Count("solves"))["solved"],
        awards=assignment.overrides.count(),
        remarks=assignment.remarks.count(),
        extensions=assignment.extensions.count(),
    )


def has_begun(assignment: Assignment) -> bool:
    return Attempt.objects.filter(assignment=assignment, waits=False).exists()


def delete_assignment(assignment: Assignment) -> None:
    """Delete an assignment. Worlds that wait go; those that students began stay theirs.

    A student who has another attempt at the lab finds the one of the class set aside.
    """
    attempts = Attempt.objects.filter(assignment=assignment)
    _remove_waiting(attempts)  # one by one, so that nobody else waits for all of them
    with transaction.atomic():
        _remove_waiting(attempts)  # those that were made meanwhile
        if assignment.mode == Mode.EXAM:
            assignment.mode = Mode.PRACTICE
            cover_own_work(assignment)
        own = Attempt.objects.filter(lab=assignment.lab, assignment=None, set_aside=False)
        twice = Q(owner__in=own.values("owner"))
        keys = list(attempts.filter(twice).values_list("pk", flat=True))
        Attempt.objects.filter(pk__in=keys).update(set_aside=True)
        _keep_one_each(assignment)
        worlds = Sandbox.objects.filter(attempt__in=attempts)
        worlds.update(exam=False, frozen_at=None)
        attempts.update(assignment=None, terms={}, judged_at="", seq=F("seq") + 1)
        assignment.delete()


def _remove_waiting(attempts: QuerySet[Attempt]) -> None:
    for attempt in attempts.filter(waits=True).select_related("sandbox"):
        remove(attempt.sandbox)


def _keep_one_each(assignment: Assignment) -> None:
    """Set aside all but one of the attempts that somebody owns: alone, and for a team."""
    seen: set[int] = set()
    for attempt in Attempt.objects.filter(assignment=assignment, set_aside=False).order_by("-pk"):
        if attempt.owner_id in seen:
            Attempt.objects.filter(pk=attempt.pk).update(set_aside=True)
        seen.add(attempt.owner_id)
