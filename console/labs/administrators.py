"""Who is an administrator of the site: the one place that knows how Django stores it."""

from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import AnonymousUser, User
from django.db.models import Q

AnyUser = AbstractBaseUser | AnonymousUser
ADMINISTRATORS = Q(is_superuser=True)
"""Of users: those that `is_administrator` returns True for, and deactivated ones."""


def is_administrator(user: AnyUser) -> bool:
    return user.is_active and was_appointed(user)


def was_appointed(user: AnyUser) -> bool:
    """Return whether a user was made an administrator, deactivated or not."""
    return bool(getattr(user, "is_superuser", False))


def appoint(user: User, *, administrator: bool) -> None:
    """Make a stored user an administrator, or no longer one."""
    user.is_staff = user.is_superuser = administrator
    user.save(update_fields=["is_staff", "is_superuser"])
