"""Site users: students, instructors, administrators. None of them is an IAM identity."""

import os
from collections.abc import Collection
from pathlib import Path

from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group, User
from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet, TextChoices
from django.utils.crypto import get_random_string

from console.labs.administrators import (
    ADMINISTRATORS,
    AnyUser,
    appoint,
    is_administrator,
    was_appointed,
)
from console.labs.models import SiteUser
from iam.models.prepared_queries import Prepared

STUDENTS = "students"
INSTRUCTORS = "instructors"
DEMO_STUDENT = "demo-student"
ADMINISTRATOR = "admin"


class SiteRole(TextChoices):
    """What a site user may do on the site; an administrator grants it."""

    STUDENT = "student"
    INSTRUCTOR = "instructor"
    ADMINISTRATOR = "administrator"


def administrator_file() -> Path:
    """Return the file that holds the first administrator's sign-in."""
    home: Path = settings.HOME
    return home / "site-administrator.txt"


def _with_what_pages_ask(pk: int) -> QuerySet[User]:
    memberships = Group.user_set.through.objects.filter(
        user_id=OuterRef("pk"), group__name=INSTRUCTORS
    )
    users = User.objects.select_related("profile").annotate(teaches=Exists(memberships))
    return users.filter(pk=pk)


_OF_REQUEST = Prepared(_with_what_pages_ask)


def user_of_request(pk: int) -> User | None:
    """Return a site user with what every page asks: the display name, who may teach."""
    return _OF_REQUEST.first(pk)


def is_instructor(user: AnyUser) -> bool:
    """Return whether a site user may teach; an administrator may.

    For the user of a request it takes no query: `user_of_request` has asked already.
    """
    if not user.is_active or is_administrator(user) or not isinstance(user, User):
        return is_administrator(user)
    return _has_been_granted(user)


def _has_been_granted(user: User) -> bool:
    """Return whether a site user was made an instructor, deactivated or not."""
    known: bool | None = getattr(user, "teaches", None)
    return user.groups.filter(name=INSTRUCTORS).exists() if known is None else known


def teachers_among(users: Collection[int]) -> set[int]:
    """Return the keys of those who are instructors or administrators, deactivated ones too."""
    more = Q(groups__name=INSTRUCTORS) | ADMINISTRATORS
    return set(User.objects.filter(more, pk__in=users).values_list("pk", flat=True))


def role_of(user: User) -> SiteRole:
    """Return the role of a site user; who is deactivated keeps it."""
    if was_appointed(user):
        return SiteRole.ADMINISTRATOR
    return SiteRole.INSTRUCTOR if _has_been_granted(user) else SiteRole.STUDENT


def set_role(user: User, role: SiteRole, *, by: User) -> None:
    """Make somebody a student, an instructor or an administrator.

    Raises PermissionError unless an administrator does it, to somebody else: so there is always
    one left.
    """
    if not is_administrator(by) or user.pk == by.pk:
        message = "An administrator decides who is what, and never of themselves."
        raise PermissionError(message)
    instructors = Group.objects.get_or_create(name=INSTRUCTORS)[0]
    with transaction.atomic():
        if role == SiteRole.INSTRUCTOR:
            user.groups.add(instructors)
        else:
            user.groups.remove(instructors)
        appoint(user, administrator=role == SiteRole.ADMINISTRATOR)
    vars(user).pop("teaches", None)


def display_name(user: AnyUser) -> str:
    """Return what a site user is called on pages; load lists with `select_related("profile")`."""
    profile: SiteUser | None = getattr(user, "profile", None)
    return (profile.display_name if profile else "") or user.get_username()


_JOINERS = "\u200c\u200d"
"""Within a word they belong to the spelling of Persian and Indic names."""


def tidy(typed: str) -> str:
    """Return words as they are stored: printable, one space between them.

    A character that turns the direction of what follows would turn the rest of a sentence, too.
    """
    words = "".join(c if c.isprintable() or c in _JOINERS else " " for c in typed).split()
    return " ".join(word for one in words if (word := one.strip(_JOINERS)))


def tidy_display_name(typed: str) -> str:
    """Return a display name as it is stored: `tidy`, 80 characters."""
    return tidy(typed)[:80].strip()


def set_display_name(user: User, typed: str) -> None:
    SiteUser.objects.update_or_create(
        user=user, defaults={"display_name": tidy_display_name(typed)}
    )


def site_student(name: str) -> User:
    """Return a site user by name, made as a student who cannot log in if there is none."""
    users = get_user_model().objects
    user: User
    user, made = users.get_or_create(username=name)
    if made:
        user.set_unusable_password()
        user.save(update_fields=["password"])
        user.groups.add(Group.objects.get_or_create(name=STUDENTS)[0])
    return user


def first_administrator() -> str:
    """Make the site's first administrator if there is none; return the password, once."""
    users = get_user_model().objects
    if users.filter(ADMINISTRATORS).exists():
        return ""
    user, made = users.get_or_create(username=ADMINISTRATOR)
    if not made:
        return ""
    password = get_random_string(20)
    user.set_password(password)
    user.save()
    appoint(user, administrator=True)
    _write_privately(administrator_file(), f"user name: {ADMINISTRATOR}\npassword: {password}\n")
    return password


def _write_privately(path: Path, text: str) -> None:
    """Write a file that only its owner can read, from its first moment."""
    path.unlink(missing_ok=True)
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.write(text)
