"""Copies of students' worlds, for teachers to look into."""

from django.conf import settings
from django.db import models

from console.classes.models.worlds import ClassWorld
from console.labs.models import Attempt
from iam.models import Sandbox


class WorldCopy(models.Model):
    """A copy of a student's world that a teacher looks into; it goes after a day.

    It is of an attempt's world, or of a `class_world`.
    """

    sandbox = models.OneToOneField(Sandbox, on_delete=models.CASCADE, related_name="world_copy")
    attempt = models.ForeignKey(Attempt, null=True, on_delete=models.CASCADE, related_name="copies")
    class_world = models.ForeignKey(
        ClassWorld, null=True, on_delete=models.CASCADE, related_name="copies"
    )
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE)
    made_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return f"Copy of {self.attempt or self.class_world}"
