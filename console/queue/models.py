"""When the regular jobs are due."""

from django.db import models


class RegularJob(models.Model):
    """A job that is put into the queue again and again; `path` names its function."""

    path = models.CharField(max_length=200, unique=True)
    due_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.path
