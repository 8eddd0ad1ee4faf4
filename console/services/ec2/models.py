"""The model of instances, each with at most one instance profile."""

import secrets
from datetime import timedelta

from django.db import models

from console.services.ec2.names import first_zone, fixed_id
from iam.arns import ec2_arn
from iam.catalogue.regions import HOME_REGION
from iam.models.base import Simulated

RUNNING, TERMINATED = "running", "terminated"
STATE_CODES = {"pending": 0, RUNNING: 16, "shutting-down": 32, TERMINATED: 48}
# As on AWS, a terminated instance is listed for about an hour.
SEEN_TERMINATED = timedelta(hours=1)


def new_secret() -> str:
    """Return the secret part of the address of an instance's metadata."""
    return secrets.token_urlsafe(24)


class Instance(Simulated):
    """A virtual machine that does nothing but have a role's credentials."""

    account = models.ForeignKey("iam.Account", on_delete=models.CASCADE, related_name="instances")
    region = models.CharField(max_length=32)
    instance_id = models.CharField(max_length=19)
    reservation_id = models.CharField(max_length=19)
    launch_index = models.PositiveIntegerField(default=0)
    image_id = models.CharField(max_length=21)
    instance_type = models.CharField(max_length=32)
    tags = models.JSONField(default=dict, blank=True)
    metadata = models.JSONField(default=dict, help_text="HttpTokens, HttpEndpoint and hop limit.")
    client_token = models.CharField(max_length=64, blank=True)
    request_hash = models.CharField(max_length=64, blank=True)
    launched_at = models.DateTimeField()
    terminated_at = models.DateTimeField(null=True, blank=True)
    association_id = models.CharField(max_length=32, blank=True)
    profile_arn = models.CharField(max_length=700, blank=True)
    profile_id = models.CharField(max_length=21, blank=True)
    associated_at = models.DateTimeField(null=True, blank=True)
    secret = models.CharField(max_length=64, default=new_secret, unique=True, editable=False)
    session = models.JSONField(
        default=dict, blank=True, help_text="What the credentials it holds now are made of."
    )

    class Meta:
        ordering = ["launched_at", "id"]
        constraints = [
            models.UniqueConstraint("sandbox", "instance_id", name="instance_id_once"),
        ]

    def __str__(self) -> str:
        return self.instance_id

    @property
    def arn(self) -> str:
        return ec2_arn(self.region, self.account.account_id, "instance", self.instance_id)

    @property
    def state(self) -> str:
        """Return its state: it runs after its launch, and is terminated at once."""
        return TERMINATED if self.terminated_at else RUNNING

    @property
    def zone(self) -> str:
        return first_zone(self.region)

    @property
    def private_ip(self) -> str:
        """Return its address in the default VPC, the same each time."""
        digits = fixed_id("ip", self.instance_id)[-4:]
        return f"172.31.{int(digits[:2], 16) % 16}.{int(digits[2:], 16) % 250 + 4}"

    @property
    def private_name(self) -> str:
        suffix = "ec2.internal" if self.region == HOME_REGION else f"{self.region}.compute.internal"
        return f"ip-{self.private_ip.replace('.', '-')}.{suffix}"
