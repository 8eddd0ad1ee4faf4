"""The scenarios that instructors keep on this site, and the worlds that they try them in."""

from typing import Any

from django.conf import settings
from django.db import models
from django.utils.crypto import get_random_string

from iam.models import Sandbox

_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"


def new_scenario_id() -> str:
    return get_random_string(16, _LETTERS)


class Scenario(models.Model):
    """A scenario that an instructor keeps.

    `text` can be seeded. `summary` is what is in its world, as `summarize` returns it. `version`
    rises with each change, so that two who edit it do not overwrite each other.
    """

    class Source(models.TextChoices):
        """How it came to be."""

        WRITTEN = "written", "Written here"
        UPLOADED = "uploaded", "Uploaded"
        CAPTURED = "captured", "Saved from a sandbox"
        CLONED = "cloned", "Cloned"
        SHIPPED = "shipped", "Comes with Rolecall"

    public_id = models.CharField(
        max_length=16, unique=True, default=new_scenario_id, editable=False
    )
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="scenarios"
    )
    name = models.CharField(max_length=120)
    text = models.TextField()
    summary: "models.JSONField[dict[str, Any], dict[str, Any]]" = models.JSONField(default=dict)
    source = models.CharField(max_length=12, choices=Source, default=Source.WRITTEN)
    shared = models.BooleanField(default=False)
    version = models.PositiveIntegerField(default=1, editable=False)
    made_at = models.DateTimeField(auto_now_add=True)
    changed_at = models.DateTimeField(auto_now=True)

    class Meta:
        ordering = ["name", "pk"]

    def __str__(self) -> str:
        return self.name

    @property
    def is_shipped(self) -> bool:
        return self.source == self.Source.SHIPPED


class TriedWorld(models.Model):
    """The sandbox in which an instructor tries a scenario; the next try takes its place."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="tried_worlds"
    )
    scenario_id = models.CharField(max_length=16)
    sandbox = models.OneToOneField(Sandbox, on_delete=models.CASCADE, related_name="tried_world")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["user", "scenario_id"], name="one_try_of_a_scenario")
        ]

    def __str__(self) -> str:
        return f"{self.user} tries {self.scenario_id}"
