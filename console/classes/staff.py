"""New classes, and who teaches them."""

from django.contrib.auth.models import User
from django.db import transaction

from console.classes.models import Class, Teaching, TeachingRole


def new_class(owner: User, name: str, time_zone: str) -> Class:
    """Make a class that somebody owns."""
    with transaction.atomic():
        course_class = Class.objects.create(name=name, time_zone=time_zone)
        Teaching.objects.create(course_class=course_class, user=owner, role=TeachingRole.OWNER)
    return course_class


def is_last_owner(teaching: Teaching) -> bool:
    """Return whether a class would have no owner without this one."""
    owners = Teaching.objects.filter(
        course_class_id=teaching.course_class_id, role=TeachingRole.OWNER
    )
    return teaching.role == TeachingRole.OWNER and owners.count() == 1
