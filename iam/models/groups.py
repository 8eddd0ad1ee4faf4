"""User groups and their members."""

from django.db import models

from iam.models.base import Simulated
from iam.models.entities import Entity
from iam.models.identifiers import new_group_id
from iam.models.users import User


class Group(Entity):
    """A collection of IAM users."""

    arn_type = "group"

    unique_id = models.CharField(max_length=21, default=new_group_id)


class GroupMembership(Simulated):
    """One user in one group."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="memberships")
    group = models.ForeignKey(Group, on_delete=models.CASCADE, related_name="memberships")

    class Meta:
        constraints = [models.UniqueConstraint("user", "group", name="membership_once")]

    def __str__(self) -> str:
        return f"{self.user} in {self.group}"
