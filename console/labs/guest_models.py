"""The model of visitors without a login."""

from django.conf import settings
from django.db import models


class Guest(models.Model):
    """A visitor without a login: a site user that one browser is, with worlds of its own."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="guest"
    )
    active_at = models.DateTimeField(db_index=True, help_text="When the browser last came.")

    def __str__(self) -> str:
        return self.user.get_username()
