"""Instance profiles: what carries a role into an EC2 instance."""

from django.db import models

from iam.models.entities import Entity
from iam.models.identifiers import new_instance_profile_id
from iam.models.roles import Role


class InstanceProfile(Entity):
    """A container for one role; an instance is launched with the profile, not with the role."""

    arn_type = "instance-profile"
    joined = ("account", "role__trust", "role__account")

    unique_id = models.CharField(max_length=21, default=new_instance_profile_id)
    role = models.ForeignKey(
        Role,
        on_delete=models.RESTRICT,
        related_name="instance_profiles",
        null=True,
        blank=True,
    )
    tags = models.JSONField(default=dict, blank=True)
