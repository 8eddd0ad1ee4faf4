"""What becomes of a guest's work: kept under a login that is chosen, or moved to one there is."""

from django.contrib.auth.models import Group, User
from django.db import transaction

from console.labs.models import Attempt, Guest
from console.labs.site_users import STUDENTS
from iam.models import Sandbox


def become_student(user: User) -> None:
    """Let a guest who has chosen a name and a password be a student like any other."""
    Guest.objects.filter(user=user).delete()
    user.groups.add(Group.objects.get_or_create(name=STUDENTS)[0])


def hand_over(guest: User, user: User) -> bool:
    """Move a guest's attempts to a login; return whether it now has two of one lab.

    Then those of the guest are set aside, until the student decides.
    """
    with transaction.atomic():
        mine = Attempt.objects.filter(owner=user, set_aside=False, assignment=None).values_list(
            "lab", flat=True
        )
        moved = Attempt.objects.select_for_update().filter(owner=guest)
        twice = moved.filter(lab__in=list(mine)).update(set_aside=True)
        moved.update(owner=user)
        Sandbox.objects.filter(owner=guest).update(owner=user)
        guest.delete()
    return bool(twice)
