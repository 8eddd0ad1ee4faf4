"""An example of each signal in a class that is made to look at."""

from datetime import timedelta

from console.classes.copying.search import look_for_signals
from console.classes.models import Class
from console.labs.attempts import values_of
from console.labs.attempts.start_data import start_from
from console.labs.lab_versions import lab_of
from console.labs.models import Attempt, Solve
from console.labs.trials.steps import perform_step
from console.labs.trials.trial import Trial
from iam.arns import role_arn
from iam.models import Account

_QUICK = timedelta(seconds=20)


def _use(attempt: Attempt, source: Attempt) -> None:
    """Let a student of one attempt try a role of another student's world."""
    lab, account = lab_of(attempt), Account.in_sandbox(source.sandbox).first()
    if lab is None or account is None:
        return
    values = values_of(attempt, lab)
    trial = Trial(lab, attempt.sandbox, values, start_from(attempt.start))
    call = {"RoleArn": role_arn(account.account_id, "Reader"), "RoleSessionName": "me"}
    perform_step(trial, {"call": {"sts:AssumeRole": call}}, lab.student.starts)


def _hurry(attempt: Attempt) -> None:
    """Let what is solved in an attempt have been solved within a minute or so of its start."""
    solves = list(Solve.objects.filter(attempt=attempt).order_by("at", "pk"))
    for place, solve in enumerate(solves, 1):
        solve.at = attempt.started_at + place * _QUICK
    Solve.objects.bulk_update(solves, ["at"])


def show_signals(course_class: Class) -> None:
    """Let one student use another's account ID, and one be too quick, if there are so many."""
    attempts = Attempt.objects.filter(assignment__course_class=course_class).order_by("pk")
    known = list(attempts.select_related("sandbox"))
    others = [one for one in known if known and one.owner_id != known[0].owner_id]
    if others:
        _use(others[0], known[0])
    quick = attempts.exclude(finished_at=None).last()
    if quick is not None:
        _hurry(quick)
    look_for_signals()
