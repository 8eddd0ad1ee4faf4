"""A student's work on an assignment: begun, begun anew, handed in, taken back."""

from dataclasses import replace

from django.contrib.auth.models import User
from django.db import IntegrityError, transaction
from django.db.models import F, Q, QuerySet
from django.utils import timezone

from console.classes.models import Assignment, Enrollment, Mode
from console.classes.own_work import cover_own_work
from console.classes.terms import attempt_terms, give_terms, leeway_of, terms_for
from console.labs.attempts import attempt_of, bring_up_to_date, new_attempt, terms_of
from console.labs.catalog import find_lab, is_open
from console.labs.files import LabError, LabFile
from console.labs.lab_versions import lab_of
from console.labs.models import Attempt
from console.labs.published_labs import open_version
from console.labs.rows import remove
from iam.models import Sandbox

MOST_TRIES = 10
"""As many attempts has a student of one assignment: each is a world."""


class NotNow(Exception):
    """Work that is not possible now; the message is for the student."""


def lab_of_assignment(assignment: Assignment) -> LabFile | None:
    """Return the lab that an assignment begins: in the version that it names, else as it is now."""
    if assignment.version is None:
        return find_lab(assignment.lab)
    try:
        return open_version(assignment.version.pk, assignment.version.hash, assignment.lab)
    except LabError:  # in a format that is read no more
        return find_lab(assignment.lab)


def tries_of(enrollment: Enrollment, assignment: Assignment) -> QuerySet[Attempt]:
    """Return a student's attempts, or the team's, the newest first; also one that waits."""
    own = Q(owner=enrollment.user_id, team=None)
    if enrollment.team_id:
        own |= Q(team=enrollment.team_id)
    return Attempt.objects.filter(own, assignment=assignment).order_by("set_aside", "-pk")


def attempt_on(enrollment: Enrollment, assignment: Assignment) -> Attempt | None:
    """Return the attempt that a student goes on with; one that waits counts as none begun."""
    current = tries_of(enrollment, assignment).filter(set_aside=False)
    teams_first = F("team").desc(nulls_last=True)
    return current.select_related("sandbox").order_by(teams_first, "pk").first()


def earlier_work(enrollment: Enrollment, assignment: Assignment) -> Attempt | None:
    """Return the student's own attempt at the lab, begun outside of the class, to go on with.

    There is none in an exam or for a team, nor if it is of another version than the assignment.
    """
    lab = lab_of_assignment(assignment)
    user = User.objects.get(pk=enrollment.user_id)
    if lab is None or assignment.mode == Mode.EXAM or enrollment.team_id:
        return None
    found = attempt_of(user, lab)
    return found if found and found.lab_hash == lab.hash else None


def _refuse_closed(enrollment: Enrollment, assignment: Assignment) -> None:
    if not is_open(assignment.lab):
        raise NotNow("This lab is switched off on this site. Ask your teacher.")
    terms = terms_for(assignment, leeway_of(assignment, enrollment))
    if assignment.course_class.cleared_at is not None:
        raise NotNow("The worlds of this class were deleted. Ask your teacher if you need one.")
    if not terms.is_open_yet:
        raise NotNow("This assignment is not open yet.")
    if terms.is_over:
        raise NotNow("This assignment is closed.")


def begin_assigned(
    enrollment: Enrollment, assignment: Assignment, go_on_with: Attempt | None = None
) -> Attempt:
    """Begin an assignment, or return the attempt that is begun; raises NotNow.

    A world that was made beforehand is handed out; else one is made. `go_on_with` is earlier work
    of the student's own that counts in the class from now on.
    """
    found = attempt_on(enrollment, assignment)
    if found is not None and not found.waits:
        return found
    _refuse_closed(enrollment, assignment)
    try:
        with transaction.atomic():
            if go_on_with is not None:
                return _taken_in(enrollment, assignment, go_on_with, instead_of=found)
            if found is not None:
                return _handed_out(enrollment, assignment, found)
            return _made(enrollment, assignment)
    except IntegrityError:  # a second click, or a member of the team, began it in the meantime
        found = attempt_on(enrollment, assignment)
        if found is None:
            raise
        return found


def _with_terms(enrollment: Enrollment, assignment: Assignment, attempt: Attempt) -> Attempt:
    terms = attempt_terms(assignment, leeway_of(assignment, enrollment), attempt)
    give_terms(attempt, terms)
    attempt.sandbox.refresh_from_db()
    if terms.is_exam:
        cover_own_work(assignment)
    return attempt


def _handed_out(enrollment: Enrollment, assignment: Assignment, waiting: Attempt) -> Attempt:
    """Let a world that was made beforehand begin; who comes second finds it begun."""
    now = timezone.now()
    rows = Attempt.objects.filter(pk=waiting.pk, waits=True)
    if rows.update(waits=False, started_at=now):
        Sandbox.objects.filter(pk=waiting.sandbox_id).update(suspended=False)
        waiting.waits, waiting.started_at = False, now
        return _with_terms(enrollment, assignment, waiting)
    waiting.refresh_from_db()
    return waiting


def _taken_in(
    enrollment: Enrollment, assignment: Assignment, own: Attempt, instead_of: Attempt | None
) -> Attempt:
    """Let earlier work count in the class; what was solved before counts as on time."""
    if instead_of is not None:
        remove(instead_of.sandbox)
    rows = Attempt.objects.filter(pk=own.pk, owner=enrollment.user_id, assignment=None)
    if not rows.update(assignment=assignment, set_aside=False):
        raise NotNow("This attempt counts elsewhere.")
    own.refresh_from_db()
    return _with_terms(enrollment, assignment, own)


def make_world(enrollment: Enrollment, assignment: Assignment, *, waits: bool = False) -> Attempt:
    """Make a student's world, or the team's; one that `waits` is handed out later."""
    lab = lab_of_assignment(assignment)
    if lab is None:
        raise NotNow("The lab of this assignment is gone. Ask your teacher.")
    user = User.objects.get(pk=enrollment.user_id)
    return new_attempt(
        user, lab, assignment_id=assignment.pk, team_id=enrollment.team_id, waits=waits
    )


def _made(enrollment: Enrollment, assignment: Assignment) -> Attempt:
    return _with_terms(enrollment, assignment, make_world(enrollment, assignment))


def may_begin_anew(enrollment: Enrollment, assignment: Assignment, attempt: Attempt) -> bool:
    """Return whether a student may have a second world: in no exam, and not after the close."""
    if assignment.mode == Mode.EXAM or attempt.waits or terms_of(attempt).is_over:
        return False
    return tries_of(enrollment, assignment).count() < MOST_TRIES


def begin_anew(enrollment: Enrollment, assignment: Assignment) -> Attempt:
    """Set what is begun aside and begin in a new world; raises NotNow."""
    found = attempt_on(enrollment, assignment)
    if found is None:
        return begin_assigned(enrollment, assignment)
    if not may_begin_anew(enrollment, assignment, found):
        raise NotNow("This assignment cannot be started over.")
    _refuse_closed(enrollment, assignment)
    with transaction.atomic():
        Attempt.objects.filter(pk=found.pk).update(set_aside=True)
        return _made(enrollment, assignment)


def hand_in(attempt: Attempt) -> bool:
    """Hand an attempt in: what is solved by now counts. Return whether it was open until now."""
    terms, lab = terms_of(attempt), lab_of(attempt)
    if attempt.assignment_id is None or terms.is_over or lab is None:
        return False
    bring_up_to_date(attempt, lab)
    with transaction.atomic():
        _set_handed_in(attempt, at=True)
    return True


def may_take_back(attempt: Attempt) -> bool:
    """Return whether a student may continue after handing in: in no exam, and before the close."""
    terms = terms_of(attempt)
    closed = terms.closes is not None and terms.closes <= timezone.now()
    return terms.handed_in is not None and not terms.is_exam and not closed


def take_back(attempt: Attempt, *, by_teacher: bool = False) -> bool:
    """Let a student go on after handing in; a teacher may allow it in an exam, too."""
    handed_in = terms_of(attempt).handed_in is not None
    if not may_take_back(attempt) and not (by_teacher and handed_in):
        return False
    with transaction.atomic():
        _set_handed_in(attempt, at=False)
        Attempt.objects.filter(pk=attempt.pk).update(judged_at="")
    return True


def unlock_tasks(attempt: Attempt) -> None:
    """Open the tasks that wait for another, as if that one were solved."""
    with transaction.atomic():
        give_terms(attempt, replace(terms_of(attempt), unlocked=True))
        Attempt.objects.filter(pk=attempt.pk).update(judged_at="")
    attempt.judged_at = ""
    lab = lab_of(attempt)
    if lab is not None:
        bring_up_to_date(attempt, lab)


def _set_handed_in(attempt: Attempt, *, at: bool) -> None:
    give_terms(attempt, replace(terms_of(attempt), handed_in=timezone.now() if at else None))
