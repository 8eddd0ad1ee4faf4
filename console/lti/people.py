"""People of platforms, who are site users here: known by the platform's `sub`, never by e-mail."""

from django.contrib.auth.models import Group, User
from django.db import transaction
from django.utils.crypto import get_random_string

from console.classes.joins import join_class
from console.classes.models import EnrollmentSource
from console.labs.site_users import STUDENTS, set_display_name
from console.lti.models import Platform, PlatformUser


class NotInClass(Exception):
    """Somebody who was removed from the class: the platform does not bring them back."""


def person_of(platform: Platform, subject: str, name: str) -> PlatformUser:
    """Return a person of a platform, a new student of the class if they are new."""
    found = PlatformUser.objects.filter(platform=platform, subject=subject).first()
    if found is None:
        with transaction.atomic():
            user = User(username=f"lti-{get_random_string(10).lower()}")
            user.set_unusable_password()
            user.save()
            user.groups.add(Group.objects.get_or_create(name=STUDENTS)[0])
            set_display_name(user, name[:80])
            found, made = PlatformUser.objects.get_or_create(
                platform=platform, subject=subject, defaults={"user": user}
            )
            if not made:  # a second click came first
                user.delete()
    if join_class(found.user, platform.course_class, EnrollmentSource.LTI) is None:
        raise NotInClass
    return found
