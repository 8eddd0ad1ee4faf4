"""S3's operations; importing this package registers them."""

from console.services.s3.actions import (
    absent_settings,
    access_control_lists,
    bucket_policies,
    bucket_settings,
    buckets,
    copies,
    deletions,
    listings,
    multipart,
    object_attributes,
    objects,
    part_copies,
    public_access,
    settled_settings,
    tagging,
    upload_listings,
)

__all__ = [
    "absent_settings",
    "access_control_lists",
    "bucket_policies",
    "bucket_settings",
    "buckets",
    "copies",
    "deletions",
    "listings",
    "multipart",
    "object_attributes",
    "objects",
    "part_copies",
    "public_access",
    "settled_settings",
    "tagging",
    "upload_listings",
]
