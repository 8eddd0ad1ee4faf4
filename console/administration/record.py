"""The record of what administrators did."""

from typing import Any

from django.contrib.auth.models import AbstractBaseUser, AnonymousUser

from console.administration.models import AdministratorAction

_FIELDS = AdministratorAction._meta
_ABOUT = _FIELDS.get_field("about").max_length or 0
_DETAIL = _FIELDS.get_field("detail").max_length or 0


def note_administration(
    by: AbstractBaseUser | AnonymousUser, action: str, about: Any = "", detail: str = ""
) -> None:
    """Write one line: `action` is a few words, such as *reset the password of*."""
    AdministratorAction.objects.create(
        by_id=by.pk, action=action, about=str(about)[:_ABOUT], detail=detail[:_DETAIL]
    )
