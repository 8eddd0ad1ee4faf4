"""The models of signing in."""

from django.db import models


class FailedSignIn(models.Model):
    """A count of recent failed tries; the key is a hash of what they are counted by."""

    key = models.CharField(max_length=64, unique=True)
    failures = models.PositiveIntegerField(default=0)
    last_at = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return f"{self.failures} failures, last at {self.last_at:%H:%M:%S}"
