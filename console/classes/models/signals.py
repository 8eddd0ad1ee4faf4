"""What may mean that work was copied, for teachers to judge."""

from django.conf import settings
from django.db import models

from console.labs.models import Attempt


class SignalType(models.TextChoices):
    """What a signal is about."""

    FOREIGN = "foreign", "Uses what is in another student's world"
    FAST = "fast", "Solved faster than anybody should be able to"


class CopySignal(models.Model):
    """Something that may mean that work was copied, with its evidence; never a verdict.

    FOREIGN: `value`, which only the world of `source` has, stands in a `call` of the attempt, in
    the `parameter`. FAST: the task `value` was solved `seconds` after the start, less than `floor`.
    `at` is a time of the site.
    """

    attempt = models.ForeignKey(Attempt, on_delete=models.CASCADE, related_name="copy_signals")
    type = models.CharField(max_length=16, choices=SignalType)
    value = models.CharField(max_length=120)
    source = models.ForeignKey(Attempt, null=True, on_delete=models.SET_NULL, related_name="+")
    call = models.CharField(max_length=160, blank=True)
    parameter = models.CharField(max_length=300, blank=True)
    event_id = models.UUIDField(null=True)
    seconds = models.PositiveIntegerField(null=True)
    floor = models.PositiveIntegerField(null=True)
    at = models.DateTimeField()
    found_at = models.DateTimeField(auto_now_add=True)
    dismissed_at = models.DateTimeField(null=True, blank=True)
    dismissed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    note = models.CharField(max_length=400, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["attempt", "type", "value"], name="a_signal_is_noted_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.attempt}: {self.type} {self.value}"


class CopyScan(models.Model):
    """How far events and solved tasks have been looked through for signals; one row."""

    events = models.PositiveBigIntegerField(default=0)
    solves = models.PositiveBigIntegerField(default=0)
    at = models.DateTimeField(auto_now=True)

    def __str__(self) -> str:
        return f"Looked through until {self.at:%Y-%m-%d %H:%M:%S}"
