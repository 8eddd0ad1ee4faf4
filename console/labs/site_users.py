"""Site users: students, instructors, administrators. None of them is an IAM identity."""

import os
from pathlib import Path

from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.auth.models import AbstractBaseUser, AnonymousUser, Group, User
from django.utils.crypto import get_random_string

STUDENTS = "students"
INSTRUCTORS = "instructors"
DEMO_STUDENT = "demo-student"
ADMINISTRATOR = "admin"


def administrator_file() -> Path:
    """Return the file that holds the first administrator's sign-in."""
    home: Path = settings.HOME
    return home / "site-administrator.txt"


def is_instructor(user: AbstractBaseUser | AnonymousUser) -> bool:
    """Return whether somebody may teach: a member of *instructors*, or an administrator."""
    if not isinstance(user, User) or not user.is_active:
        return False
    return user.is_superuser or user.groups.filter(name=INSTRUCTORS).exists()


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
    if users.filter(is_superuser=True).exists():
        return ""
    user, made = users.get_or_create(username=ADMINISTRATOR)
    if not made:
        return ""
    password = get_random_string(20)
    user.is_staff = user.is_superuser = True
    user.set_password(password)
    user.save()
    _write_privately(administrator_file(), f"user name: {ADMINISTRATOR}\npassword: {password}\n")
    return password


def _write_privately(path: Path, text: str) -> None:
    """Write a file that only its owner can read, from its first moment."""
    path.unlink(missing_ok=True)
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.write(text)
