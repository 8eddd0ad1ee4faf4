"""IMDSv2's session tokens: sealed, good for one instance until their time is up."""

from datetime import datetime

from console.services.ec2.models import Instance
from iam.models.seals import SealBroken, seal, unseal

LONGEST = 21600
_PURPOSE = "instance-metadata"


def new_token(instance: Instance, seconds: int, received_at: datetime) -> str:
    """Return a token that is good for some seconds of the real clock."""
    ends = int(received_at.timestamp()) + seconds
    return seal(_PURPOSE, f"{instance.pk} {ends}".encode())


def seconds_left(instance: Instance, token: str, received_at: datetime) -> int:
    """Return for how long a token is good for an instance; 0 for what is none."""
    try:
        owner, ends = unseal(_PURPOSE, token).decode().split(" ")
    except (SealBroken, ValueError):
        return 0
    left = int(ends) - int(received_at.timestamp())
    return max(left, 0) if owner == str(instance.pk) else 0
