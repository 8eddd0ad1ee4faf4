"""What the site keeps about its administration."""

from django.conf import settings
from django.db import models


class AdministratorAction(models.Model):
    """One thing that an administrator did: `action` is a few words of ours, `about` names what.

    `about` is a text, so that it outlives what it names.
    """

    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    action = models.CharField(max_length=60)
    about = models.CharField(max_length=160, blank=True)
    detail = models.CharField(max_length=400, blank=True)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"{self.action}: {self.about}"
