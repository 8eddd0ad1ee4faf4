"""Buckets and the objects in them."""

from typing import Any

from django.db import models

from iam.arns import bucket_arn
from iam.catalogue.regions import HOME_REGION
from iam.models import Document
from iam.models.base import Simulated

ENCRYPTED = {"ServerSideEncryption": "AES256"}
"""What S3 answers of every object since January 2023: it encrypts them by default."""


def all_blocked() -> dict[str, bool]:
    """Return the public access block that AWS gives every new bucket."""
    return {
        "BlockPublicAcls": True,
        "IgnorePublicAcls": True,
        "BlockPublicPolicy": True,
        "RestrictPublicBuckets": True,
    }


class Bucket(Simulated):
    """A bucket; its name is unique in the sandbox, as it is worldwide on AWS."""

    account = models.ForeignKey("iam.Account", on_delete=models.CASCADE, related_name="buckets")
    name = models.CharField(max_length=63)
    region = models.CharField(max_length=32, default=HOME_REGION)
    created_at = models.DateTimeField()
    policy = models.ForeignKey(
        Document, on_delete=models.RESTRICT, related_name="+", null=True, blank=True
    )
    policy_bound = models.JSONField(
        default=dict, blank=True, help_text="Principal ARN as written → unique ID when saved."
    )
    public_access_block = models.JSONField(default=all_blocked, blank=True)
    tags = models.JSONField(default=dict, blank=True)

    class Meta:
        ordering = ["name"]
        constraints = [models.UniqueConstraint("sandbox", "name", name="bucket_name_once")]

    def __str__(self) -> str:
        return self.name

    @property
    def arn(self) -> str:
        return bucket_arn(self.name)


class StoredObject(Simulated):
    """One object of a bucket, with its content."""

    bucket = models.ForeignKey(Bucket, on_delete=models.CASCADE, related_name="stored")
    key = models.CharField(max_length=1024)
    body = models.BinaryField()
    content_type = models.CharField(max_length=255, default="binary/octet-stream")
    metadata = models.JSONField(default=dict, blank=True)
    headers = models.JSONField(
        default=dict, blank=True, help_text="CacheControl, ContentDisposition and their like."
    )
    tags = models.JSONField(default=dict, blank=True)
    checksums = models.JSONField(default=dict, blank=True, help_text="As the client sent them.")
    etag = models.CharField(
        max_length=40, help_text="MD5 of the content, in hex; of parts, with their number."
    )
    size = models.PositiveIntegerField()
    last_modified = models.DateTimeField()
    owner_account_id = models.CharField(max_length=12)
    by_service = models.BooleanField(
        default=False, help_text="An AWS service wrote it: no quota of the student's counts it."
    )

    class Meta:
        ordering = ["key"]
        constraints = [models.UniqueConstraint("bucket", "key", name="object_key_once")]

    def __str__(self) -> str:
        return self.key

    @property
    def arn(self) -> str:
        return f"{self.bucket.arn}/{self.key}"

    def head(self) -> dict[str, Any]:
        """Return the fields that HeadObject and GetObject share."""
        return {
            "AcceptRanges": "bytes",
            "LastModified": self.last_modified,
            "ContentLength": self.size,
            "ETag": f'"{self.etag}"',
            "ContentType": self.content_type,
            "Metadata": self.metadata,
            **ENCRYPTED,
            **self.headers,
        }


class Upload(Simulated):
    """A multipart upload that is neither completed nor aborted."""

    bucket = models.ForeignKey(Bucket, on_delete=models.CASCADE, related_name="uploads")
    key = models.CharField(max_length=1024)
    upload_id = models.CharField(max_length=64)
    attributes = models.JSONField(default=dict, help_text="What the object will be stored with.")
    initiator = models.JSONField(default=dict, help_text="Who began it: {ID, DisplayName}.")
    initiated_at = models.DateTimeField()

    class Meta:
        ordering = ["key", "initiated_at", "id"]
        constraints = [models.UniqueConstraint("sandbox", "upload_id", name="upload_once")]

    def __str__(self) -> str:
        return self.upload_id


class Part(Simulated):
    """One part of a multipart upload."""

    upload = models.ForeignKey(Upload, on_delete=models.CASCADE, related_name="parts")
    number = models.PositiveIntegerField()
    body = models.BinaryField()
    etag = models.CharField(max_length=32)
    size = models.PositiveIntegerField()
    last_modified = models.DateTimeField()

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint("upload", "number", name="part_once")]

    def __str__(self) -> str:
        return f"part {self.number}"
