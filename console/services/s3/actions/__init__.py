"""S3's operations; importing this package registers them."""

from console.services.s3 import denials
from console.services.s3.actions import (
    bucket_policies,
    buckets,
    copies,
    listings,
    objects,
    public_access,
)

__all__ = [
    "bucket_policies",
    "buckets",
    "copies",
    "denials",
    "listings",
    "objects",
    "public_access",
]
