"""The work of one person in labs and classes, deleted by its owner."""

from django.contrib.auth.models import User
from django.db import transaction

from console.classes.copies import remove_copies_of
from console.labs.attempts import delete_work
from iam.models import Sandbox


def delete_personal_work(user: User) -> None:
    """Delete what `delete_work` does, with the copies that teachers have opened of it."""
    with transaction.atomic():
        remove_copies_of(Sandbox.objects.filter(owner=user, attempt__team=None))
        delete_work(user)
