"""Policies: customer managed ones with versions, inline ones, and attachments."""

from django.db import models
from django.db.models.functions import Lower

from iam.models.base import Simulated
from iam.models.documents import Document
from iam.models.entities import Entity
from iam.models.groups import Group
from iam.models.identifiers import new_policy_id
from iam.models.roles import Role
from iam.models.users import User


class Policy(Entity):
    """A customer managed policy; AWS managed ones live in the catalogue."""

    arn_type = "policy"

    unique_id = models.CharField(max_length=21, default=new_policy_id)
    account = models.ForeignKey("iam.Account", on_delete=models.CASCADE, related_name="policies")
    description = models.CharField(max_length=1000, blank=True)
    tags = models.JSONField(default=dict, blank=True)
    latest_version = models.PositiveIntegerField(default=1)
    updated_at = models.DateTimeField()

    class Meta(Entity.Meta):
        verbose_name_plural = "policies"


class PolicyVersion(Simulated):
    """One version of a customer managed policy."""

    policy = models.ForeignKey(Policy, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    document = models.ForeignKey(Document, on_delete=models.RESTRICT, related_name="+")
    is_default = models.BooleanField(default=False)
    created_at = models.DateTimeField()

    class Meta:
        ordering = ["-number"]
        constraints = [models.UniqueConstraint("policy", "number", name="version_once")]

    def __str__(self) -> str:
        return self.version_id

    @property
    def version_id(self) -> str:
        """Return AWS's name of the version: v1, v2, …"""
        return f"v{self.number}"


class Owned(Simulated):
    """Something that belongs to exactly one user, group or role."""

    user = models.ForeignKey(
        User, on_delete=models.CASCADE, related_name="%(class)s_set", null=True, blank=True
    )
    group = models.ForeignKey(
        Group, on_delete=models.CASCADE, related_name="%(class)s_set", null=True, blank=True
    )
    role = models.ForeignKey(
        Role, on_delete=models.CASCADE, related_name="%(class)s_set", null=True, blank=True
    )

    class Meta:
        abstract = True


class InlinePolicy(Owned):
    """A policy embedded in one user, group or role."""

    name = models.CharField(max_length=128)
    document = models.ForeignKey(Document, on_delete=models.RESTRICT, related_name="+")

    class Meta:
        ordering = ["name"]
        verbose_name_plural = "inline policies"
        constraints = [
            models.UniqueConstraint(owner, Lower("name"), name=f"{owner}_inline_once")
            for owner in ("user", "group", "role")
        ]

    def __str__(self) -> str:
        return self.name


class Attachment(Owned):
    """A managed policy, AWS's or the customer's, attached by its ARN."""

    policy_arn = models.CharField(max_length=2048)

    class Meta:
        ordering = ["id"]
        indexes = [models.Index(fields=["sandbox", "policy_arn"], name="attachment_policy")]
        constraints = [
            models.UniqueConstraint(owner, "policy_arn", name=f"{owner}_attachment_once")
            for owner in ("user", "group", "role")
        ]

    def __str__(self) -> str:
        return self.policy_arn
