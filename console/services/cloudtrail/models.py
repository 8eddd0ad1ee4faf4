"""The model of trails: event selectors, bucket, and the result of the last delivery."""

from typing import Any

from django.db import models

from iam.arns import trail_arn
from iam.models.base import Simulated


def everything_managed() -> list[dict[str, Any]]:
    """Return the event selectors of a new trail: all management events, no data events."""
    return [
        {
            "ReadWriteType": "All",
            "IncludeManagementEvents": True,
            "DataResources": [],
            "ExcludeManagementEventSources": [],
        }
    ]


class Trail(Simulated):
    """A trail of an account, which delivers its events into a bucket."""

    account = models.ForeignKey("iam.Account", on_delete=models.CASCADE, related_name="trails")
    name = models.CharField(max_length=128)
    home_region = models.CharField(max_length=32)
    bucket_name = models.CharField(max_length=63)
    prefix = models.CharField(max_length=200, blank=True)
    multi_region = models.BooleanField(default=False)
    global_events = models.BooleanField(default=True)
    selectors = models.JSONField(default=everything_managed, blank=True)
    advanced_selectors = models.JSONField(default=list, blank=True)
    tags = models.JSONField(default=dict, blank=True)
    logging = models.BooleanField(default=False)
    started_at = models.DateTimeField(null=True)
    stopped_at = models.DateTimeField(null=True)
    attempted_at = models.DateTimeField(null=True)
    delivered_at = models.DateTimeField(null=True)
    delivery_error = models.CharField(max_length=64, blank=True)
    delivered_to = models.BigIntegerField(default=0, help_text="The last event delivered.")
    created_at = models.DateTimeField()

    class Meta:
        ordering = ["name", "home_region"]
        constraints = [
            models.UniqueConstraint("account", "home_region", "name", name="trail_name_once")
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def arn(self) -> str:
        return trail_arn(self.home_region, self.account.account_id, self.name)
