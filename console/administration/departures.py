"""A person deleted, with all that is theirs; what others need goes to somebody else."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import Count, Q, QuerySet

from console.administration.models import AdministratorAction
from console.classes.copies import remove_copies_of
from console.classes.models import AuditEntry, Class, Enrollment, Teaching, TeachingRole
from console.classes.roster.removal import remove_students
from console.labs.models import Attempt, LabDraft, Scenario
from console.labs.rows import remove
from console.labs.site_users import display_name, is_instructor
from iam.models import Sandbox

_SHORTEST_NAME = 3  # a shorter one could be a part of any sentence


class DepartureRefused(ValueError):
    """Why a person is not deleted, as a sentence."""


@dataclass(frozen=True)
class Belongings:
    """What goes with a person, and what somebody else has to take over first."""

    sandboxes: int
    attempts: int
    enrollments: int
    classes: list[Class]
    shared_scenarios: int
    drafts: int

    @property
    def needs_heir(self) -> bool:
        return bool(self.classes or self.shared_scenarios)


def _owned_alone(user: User) -> list[Class]:
    owners = Count("teachings", filter=Q(teachings__role=TeachingRole.OWNER))
    owned = Teaching.objects.filter(user=user, role=TeachingRole.OWNER).values("course_class")
    return list(Class.objects.annotate(owners=owners).filter(pk__in=owned, owners=1))


def belongings_of(user: User) -> Belongings:
    """Return what a person has on this site; six queries."""
    return Belongings(
        sandboxes=Sandbox.objects.filter(owner=user).count(),
        attempts=Attempt.objects.filter(owner=user, team=None).count(),
        enrollments=Enrollment.objects.filter(user=user).count(),
        classes=_owned_alone(user),
        shared_scenarios=Scenario.objects.filter(owner=user, shared=True).count(),
        drafts=LabDraft.objects.filter(owner=user).count(),
    )


def delete_person(user: User, *, by: User, heir: User | None = None) -> str:
    """Delete a login with its worlds, work and enrollments; return what records call it now.

    The `heir`, who may teach, gets the classes that would have no owner, scenarios and drafts of
    labs. A team's world goes on as the others'. Raises DepartureRefused.
    """
    if user.pk == by.pk:
        raise DepartureRefused("Another administrator must delete you.")
    if heir is not None and (heir.pk == user.pk or not is_instructor(heir)):
        raise DepartureRefused("Who takes over is another instructor or administrator.")
    if heir is None and belongings_of(user).needs_heir:
        raise DepartureRefused("Name an instructor who takes over the classes and scenarios.")
    with transaction.atomic():
        if heir is not None:
            _hand_over(user, heir)
        remove_students(list(Enrollment.objects.filter(user=user, removed_at=None)))
        worlds = Sandbox.objects.filter(owner=user)
        remove_copies_of(worlds)
        for sandbox in worlds:
            remove(sandbox)
        called = f"deleted user {user.pk}"
        _forget_names(user, called)
        user.delete()
    return called


def _hand_over(user: User, heir: User) -> None:
    for course_class in _owned_alone(user):
        Teaching.objects.update_or_create(
            course_class=course_class, user=heir, defaults={"role": TeachingRole.OWNER}
        )
    Scenario.objects.filter(owner=user).update(owner=heir)
    LabDraft.objects.filter(owner=user).update(owner=heir)


def _forget_names(user: User, called: str) -> None:
    """Take a person's login and name out of what records say of others, too."""
    names = {user.get_username(), display_name(user)}
    names = {name for name in names if len(name) >= _SHORTEST_NAME}
    classes = Class.objects.filter(Q(enrollments__user=user) | Q(teachings__user=user))
    entries = AuditEntry.objects.filter(course_class__in=classes.values("pk"))
    for rows, fields in (
        (entries, ("detail",)),
        (AdministratorAction.objects.all(), ("about", "detail")),
    ):
        for name in sorted(names, key=len, reverse=True):
            _replace(rows, fields, name, called)


def _replace(rows: QuerySet[Any], fields: Sequence[str], name: str, called: str) -> None:
    whole = re.compile(rf"(?<!\w){re.escape(name)}(?!\w)")
    for field in fields:
        for row in rows.filter(**{f"{field}__contains": name}):
            longest = row._meta.get_field(field).max_length
            setattr(row, field, whole.sub(called, getattr(row, field))[:longest])
            row.save(update_fields=[field])
