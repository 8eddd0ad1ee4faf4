"""What each write of a sandbox changed, so that it can be undone."""

from django.db import models

from iam.models import Sandbox


class UndoStep(models.Model):
    """One write: the rows that it changed as they were before, and the keys of those it made."""

    sandbox = models.ForeignKey(Sandbox, on_delete=models.CASCADE, related_name="undo_steps")
    operation = models.CharField(max_length=128, help_text="Such as iam:CreateRole.")
    account_id = models.CharField(max_length=12, help_text="Whose identity made the call.")
    event_id = models.UUIDField()
    at = models.DateTimeField(help_text="By the sandbox's clock.")
    changes = models.BinaryField(help_text="Compressed.")
    bodies = models.JSONField(default=list, help_text="Hashes of the contents that it needs.")

    class Meta:
        verbose_name = "step"
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"{self.operation} at {self.at:%Y-%m-%d %H:%M:%S}"


class KeptBody(models.Model):
    """The content of an object that a step brings back, kept once however many steps need it."""

    sandbox = models.ForeignKey(Sandbox, on_delete=models.CASCADE, related_name="kept_bodies")
    hash = models.CharField(max_length=64)
    body = models.BinaryField()
    size = models.PositiveIntegerField()

    class Meta:
        verbose_name_plural = "kept bodies"
        constraints = [models.UniqueConstraint("sandbox", "hash", name="body_once")]

    def __str__(self) -> str:
        return self.hash[:12]
