"""What passes between students and teachers while a class works."""

from django.conf import settings
from django.db import models

from console.classes.models.classes import Class
from console.classes.models.people import Enrollment
from console.labs.catalog import find_lab
from console.labs.models import Attempt


class HelpRequest(models.Model):
    """A student asked for help with an attempt; it waits until `done_at`."""

    enrollment = models.ForeignKey(
        Enrollment, on_delete=models.CASCADE, related_name="help_requests"
    )
    attempt = models.ForeignKey(Attempt, on_delete=models.CASCADE, related_name="help_requests")
    text = models.CharField(max_length=500, blank=True)
    asked_at = models.DateTimeField(auto_now_add=True)
    done_at = models.DateTimeField(null=True, blank=True)
    done_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["attempt", "enrollment"],
                condition=models.Q(done_at=None),
                name="help_is_asked_for_once_at_a_time",
            )
        ]

    def __str__(self) -> str:
        return f"{self.enrollment} asks for help"


class Message(models.Model):
    """What a teacher says into open drawers: to one student, or to the class where none is named.

    `lab` sends everybody to a lab: the drawer offers a link to it.
    """

    course_class = models.ForeignKey(Class, on_delete=models.CASCADE, related_name="sent_messages")
    enrollment = models.ForeignKey(
        Enrollment, null=True, blank=True, on_delete=models.CASCADE, related_name="sent_messages"
    )
    text = models.CharField(max_length=500, blank=True)
    lab = models.CharField(max_length=48, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.course_class}: {self.text[:40]}"

    @property
    def lab_title(self) -> str:
        lab = find_lab(self.lab)
        return lab.title if lab else "the next lab"
