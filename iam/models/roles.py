"""IAM roles."""

from django.db import models

from iam.models.documents import Document
from iam.models.entities import Entity
from iam.models.identifiers import new_role_id


class Role(Entity):
    """An IAM role: a trust policy, permissions, and no credentials of its own."""

    arn_type = "role"
    joined = ("account", "trust")

    unique_id = models.CharField(max_length=21, default=new_role_id)
    trust = models.ForeignKey(Document, on_delete=models.RESTRICT, related_name="+")
    trust_bound = models.JSONField(
        default=dict, blank=True, help_text="Principal ARN as written → unique ID when saved."
    )
    description = models.CharField(max_length=1000, blank=True)
    max_session_duration = models.PositiveIntegerField(default=3600, help_text="Seconds.")
    boundary_arn = models.CharField(max_length=2048, blank=True)
    tags = models.JSONField(default=dict, blank=True)
    last_used_at = models.DateTimeField(null=True, blank=True)
    last_used_region = models.CharField(max_length=32, blank=True)
