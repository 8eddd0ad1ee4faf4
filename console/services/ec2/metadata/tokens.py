"""IMDSv2's session tokens: sealed, and valid for one instance until they expire."""

from datetime import datetime

from console.services.ec2.models import Instance
from iam.models.seals import SealBroken, seal, unseal

LONGEST = 21600
_PURPOSE = "instance-metadata"


def new_token(instance: Instance, seconds: int, received_at: datetime) -> str:
    """Return a token that is valid for some seconds of the real clock."""
    ends = int(received_at.timestamp()) + seconds
    return seal(_PURPOSE, f"{instance.pk} {ends}".encode())


def seconds_left(instance: Instance, token: str, received_at: datetime) -> int:
    """Return how many seconds a token is valid for an instance; 0 for an invalid one."""
    try:
        owner, ends = unseal(_PURPOSE, token).decode().split(" ")
    except (SealBroken, ValueError):
        return 0
    left = int(ends) - int(received_at.timestamp())
    return max(left, 0) if owner == str(instance.pk) else 0
