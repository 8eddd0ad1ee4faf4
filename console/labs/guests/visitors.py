"""Guests made, and when they were last here."""

from datetime import timedelta

from django.contrib.auth import get_user_model
from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone

from console.labs.models import Guest, new_public_id

KEPT = timedelta(days=30)
"""How long a browser keeps its guest, counted from its last visit."""


def new_guest() -> User:
    """Make a site user for a visitor: nobody can log in as it."""
    user: User = get_user_model()(username=f"guest-{new_public_id()}")
    user.set_unusable_password()
    with transaction.atomic():
        user.save()
        Guest.objects.create(user=user, active_at=timezone.now())
    return user


def note_active(user: User) -> None:
    Guest.objects.filter(user=user).update(active_at=timezone.now())
