"""Attempts begun, and their worlds started again."""

from collections.abc import Collection
from typing import Any

from django.contrib.auth.models import AbstractBaseUser, AnonymousUser, User
from django.db import IntegrityError, transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from console.labs.administrators import is_administrator
from console.labs.attempts.progress import progress_of
from console.labs.attempts.start_data import start_data
from console.labs.attempts.storage import FIRST, STARTED_AGAIN
from console.labs.attempts.templates import fill_from, set_back, template_of
from console.labs.checks import start_of
from console.labs.files import LabFile
from console.labs.lab_versions import version_of_lab
from console.labs.models import Attempt, new_public_id
from console.labs.scenarios import restart
from iam.models import Sandbox
from iam.models.prepared_queries import Prepared


def _own_rows(user: int, lab: str) -> QuerySet[Attempt]:
    return Attempt.objects.filter(owner=user, lab=lab, set_aside=False, assignment=None)


_OWN = Prepared(_own_rows)


def attempt_of(user: User, lab: LabFile) -> Attempt | None:
    """Return the attempt of a lab that the user goes on with: the one that counts in no class."""
    return _OWN.first(user.pk, lab.slug)


def _attempts_of(user: AbstractBaseUser | AnonymousUser, opened: Collection[int]) -> Q:
    """Return which attempts are a visitor's: `opened` are sandboxes open from another browser."""
    own = Q(owner_id=user.pk, withdrawn=False, waits=False)
    if user.pk:
        own |= _of_team(user)
    return own | Q(sandbox_id__in=opened) if opened else own


def _of_team(user: AbstractBaseUser | AnonymousUser) -> Q:
    """Return which attempts are those of a team that somebody is on."""
    shared = Attempt.objects.filter(
        waits=False, team__enrollments__user=user.pk, team__enrollments__removed_at=None
    )
    return Q(pk__in=shared.values("pk"))


def own_attempts(user: AbstractBaseUser | AnonymousUser) -> QuerySet[Attempt]:
    """Return all attempts that somebody works on, the team's too."""
    return Attempt.objects.filter(_attempts_of(user, ()))


def is_on_team(user: AbstractBaseUser | AnonymousUser, sandbox_pk: int) -> bool:
    """Return whether a sandbox is that of a team's attempt, and somebody is on the team."""
    return Attempt.objects.filter(_of_team(user), sandbox_id=sandbox_pk).exists()


def is_worker(user: AbstractBaseUser | AnonymousUser, attempt: Attempt) -> bool:
    """Return whether an attempt is somebody's own, or that of a team that they are on."""
    if attempt.owner_id == user.pk:
        return not (attempt.withdrawn or attempt.waits)
    return bool(attempt.team_id and user.pk) and is_on_team(user, attempt.sandbox_id)


def attempt_in(
    user: AbstractBaseUser | AnonymousUser, sandbox_pk: int, opened: Collection[int] = ()
) -> Attempt | None:
    """Return the visitor's own attempt in a sandbox, if it is an attempt's."""
    attempts = Attempt.objects.select_related("sandbox", "owner").filter(sandbox_id=sandbox_pk)
    return attempts.filter(_attempts_of(user, opened)).first()


def visible_attempt(
    user: AbstractBaseUser | AnonymousUser, public_id: str, opened: Collection[int] = ()
) -> Attempt | None:
    """Return an attempt that is the visitor's own, or of anybody's for an administrator."""
    attempts = Attempt.objects.select_related("sandbox", "owner").filter(public_id=public_id)
    if not is_administrator(user):
        attempts = attempts.filter(_attempts_of(user, opened))
    return attempts.first()


def begin_attempt(user: User, lab: LabFile) -> Attempt:
    """Copy a lab's world for a user; return the attempt that there is, if the user has one."""
    found = attempt_of(user, lab)
    if found is not None:
        return found
    template_of(lab, user)
    try:
        with transaction.atomic():
            return attempt_of(user, lab) or new_attempt(user, lab)
    except IntegrityError:  # a second click made it in the meantime
        return Attempt.objects.get(owner_id=user.pk, lab=lab.slug, set_aside=False, assignment=None)


def new_attempt(user: User, lab: LabFile, **columns: Any) -> Attempt:
    """Copy a lab's world; a class gives the attempt its assignment, team and terms.

    The template is made outside of a transaction, where there is none: see `template_of`.
    """
    template, version = template_of(lab, user), version_of_lab(lab)
    public_id = new_public_id()
    sandbox = Sandbox.objects.create(
        name=lab.title,
        owner=user,
        keeps_steps=True,
        lab=lab.slug,
        suspended=bool(columns.get("waits")),
    )
    start = fill_from(template, sandbox, public_id)
    return Attempt.objects.create(
        public_id=public_id,
        owner=user,
        sandbox=sandbox,
        lab=lab.slug,
        lab_hash=lab.hash,
        version=version,
        template=template,
        start=start,
        **columns,
    )


def begin_task(attempt: Attempt, lab: LabFile, task_id: str) -> bool:
    """Bring back the original world for a task that begins in it; return whether it may now.

    It belongs to the task, whatever the lab says of starting again, and is no reset of the student.
    """
    for one in progress_of(attempt, lab).tasks:
        if one.task.id == task_id and one.begins_anew:
            start_again(attempt.sandbox)
            return True
    return False


def start_again(sandbox: Sandbox) -> None:
    """Start a sandbox again; in an attempt's, solved tasks and hints stay."""
    with transaction.atomic():
        attempts = Attempt.objects.filter(sandbox=sandbox)
        attempt = attempts.select_related("template").first()
        if attempt is None:
            restart(sandbox)
        elif attempt.template is not None:
            set_back(attempt.template, sandbox, attempt.public_id)
            start = {name: one for name, one in attempt.start.items() if name != FIRST}
            start[STARTED_AGAIN] = sandbox.time_at(timezone.now()).isoformat()
            attempts.update(start=start, judged_at="", results={}, latched=[])
        else:  # begun before there were templates
            fresh = restart(sandbox)
            attempts.update(start=start_data(start_of(fresh)), judged_at="", results={}, latched=[])
