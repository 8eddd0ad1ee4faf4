"""Passwords that were made for students, until they are printed."""

from django.db import models

from console.classes.models.people import Enrollment


class LoginCard(models.Model):
    """A password that was made for a student, for a card to print; it goes after two days.

    It is not stored: it follows from `salt` and the site's key. The login works once the queue has
    hashed it, at `hashed_at`.
    """

    enrollment = models.OneToOneField(Enrollment, on_delete=models.CASCADE, related_name="card")
    salt = models.CharField(max_length=32)
    made_at = models.DateTimeField(auto_now_add=True)
    hashed_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"{self.enrollment}: card"
