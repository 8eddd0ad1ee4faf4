"""A class and its teachers."""

from django.conf import settings
from django.db import models
from django.utils.crypto import get_random_string

from console.labs.models import new_public_id

_CODE_LETTERS = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"
"""Without look-alikes."""


def new_join_code() -> str:
    """Return a join code of 8 letters."""
    return get_random_string(8, _CODE_LETTERS)


class _SeenClasses(models.Manager["Class"]):
    """Those that have arrived."""

    def get_queryset(self) -> models.QuerySet["Class"]:
        return super().get_queryset().filter(arrival__isnull=True)


class Class(models.Model):
    """Students who are taught together.

    Nobody joins by the code while `join_open` is off or after `join_until`. After `keep_until` its
    worlds go, a week after `warned_at` at the earliest; at `cleared_at` they were gone. Since
    `archived_at` its students do not see it, and nobody changes it. While it is imported, `arrival`
    has the keys of the logins that were made for it, and nobody sees it.
    """

    public_id = models.CharField(max_length=16, unique=True, default=new_public_id, editable=False)
    name = models.CharField(max_length=80)
    time_zone = models.CharField(max_length=64, default="UTC")
    join_code = models.CharField(max_length=8, unique=True, default=new_join_code)
    join_open = models.BooleanField(default=True)
    join_until = models.DateTimeField(null=True, blank=True)
    keep_until = models.DateField(null=True, blank=True)
    warned_at = models.DateTimeField(null=True, editable=False)
    cleared_at = models.DateTimeField(null=True, editable=False)
    made_at = models.DateTimeField(auto_now_add=True)
    archived_at = models.DateTimeField(null=True, blank=True)
    arrival = models.JSONField(null=True, blank=True, editable=False)

    objects = _SeenClasses()

    class Meta:
        verbose_name_plural = "classes"

    def __str__(self) -> str:
        return self.name


class TeachingRole(models.TextChoices):
    """What a teacher of a class may do: each role may do what those after it may.

    The owner names teachers and ends the class, a teacher changes everything else, an assistant
    helps students and awards points, an observer only looks.
    """

    OWNER = "owner"
    TEACHER = "teacher"
    ASSISTANT = "assistant"
    OBSERVER = "observer"


class Teaching(models.Model):
    """A teacher of a class, with a role."""

    course_class = models.ForeignKey(Class, on_delete=models.CASCADE, related_name="teachings")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="teachings"
    )
    role = models.CharField(max_length=16, choices=TeachingRole, default=TeachingRole.TEACHER)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["course_class", "user"], name="a_teacher_of_a_class_has_one_role"
            )
        ]

    def __str__(self) -> str:
        return f"{self.course_class}: {self.user.get_username()} ({self.role})"
