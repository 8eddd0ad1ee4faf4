"""Events: one CloudTrail-shaped record of a call, with the decisions behind it."""

from django.db import models

from iam.models.base import Simulated
from iam.models.packed_json import PackedJSONField


class Event(Simulated):
    """One call as one account's trail sees it."""

    account_id = models.CharField(max_length=12)
    event_id = models.UUIDField()
    time = models.DateTimeField(help_text="By the sandbox's clock.")
    source = models.CharField(max_length=64, help_text="Such as iam.amazonaws.com.")
    name = models.CharField(max_length=128)
    read_only = models.BooleanField()
    management = models.BooleanField(default=True)
    user_name = models.CharField(max_length=128, blank=True)
    principal_id = models.CharField(max_length=128, blank=True)
    access_key_id = models.CharField(max_length=20, blank=True)
    error_code = models.CharField(max_length=128, blank=True)
    resources = models.JSONField(default=list, help_text="List of {ResourceType, ResourceName}.")
    record = PackedJSONField(help_text="The record as CloudTrail shows it.")
    decisions = PackedJSONField(default=list, help_text="What was asked, answered, and applied.")

    class Meta:
        ordering = ["-time", "-id"]
        indexes = [
            models.Index(fields=["sandbox", "account_id", "-time"], name="event_history"),
            models.Index(fields=["sandbox", "event_id"], name="event_by_id"),
        ]

    def __str__(self) -> str:
        return f"{self.name} at {self.time:%Y-%m-%d %H:%M:%S}"
