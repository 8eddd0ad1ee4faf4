"""Factories of buckets and objects; only seeds and tests import them."""

from mimetypes import guess_type
from typing import Any
from urllib.parse import urlencode

from factory import Sequence, SubFactory

from console.services.s3.models import Bucket, Part, StoredObject, Upload
from iam.factories.accounts import AccountFactory
from iam.factories.requests import RequestFactory, requested


class BucketFactory(RequestFactory[Bucket]):
    """A bucket with `objects` by key (a text or `{text, tags}`), and perhaps a policy."""

    class Meta:
        model = Bucket

    account = SubFactory(AccountFactory)
    name = Sequence(lambda n: f"rolecall-bucket-{n}")
    objects: dict[str, str | dict[str, Any]] = {}
    policy = ""
    received_at = None

    @classmethod
    def made(cls, **given: Any) -> Bucket:
        """Create the bucket, then its objects and settings."""
        account, name, moment = given["account"], given["name"], given["received_at"]
        requested(account, "s3:CreateBucket", {"Bucket": name}, moment)
        bucket: Bucket = Bucket.in_sandbox(account.sandbox).get(name=name)
        bucket.account = account
        for key, given_as in given["objects"].items():
            held = {"text": given_as} if isinstance(given_as, str) else given_as
            ObjectFactory.create(bucket=bucket, key=key, received_at=moment, **held)
        policy = {"Bucket": name, "Policy": given["policy"]}
        if given["policy"]:
            requested(account, "s3:PutBucketPolicy", policy, moment)
            bucket.refresh_from_db()
        return bucket


class ObjectFactory(RequestFactory[StoredObject]):
    """A text object, perhaps with tags."""

    class Meta:
        model = StoredObject

    bucket = SubFactory(BucketFactory)
    key = Sequence(lambda n: f"object-{n}.txt")
    text = "Hello."
    tags: dict[str, str] = {}
    received_at = None

    @classmethod
    def made(cls, **given: Any) -> StoredObject:
        """Put the object."""
        bucket: Bucket = given["bucket"]
        params = {
            "Bucket": bucket.name,
            "Key": given["key"],
            "Body": given["text"].encode(),
            "ContentType": guess_type(given["key"])[0] or "text/plain",
            "Tagging": urlencode(given["tags"]),
        }
        requested(bucket.account, "s3:PutObject", params, given["received_at"])
        row: StoredObject = StoredObject.in_sandbox(bucket.sandbox).get(
            bucket=bucket, key=given["key"]
        )
        return row


class UploadFactory(RequestFactory[Upload]):
    """A multipart upload that is neither completed nor aborted."""

    class Meta:
        model = Upload

    bucket = SubFactory(BucketFactory)
    key = Sequence(lambda n: f"object-{n}.txt")
    received_at = None

    @classmethod
    def made(cls, **given: Any) -> Upload:
        """Begin the upload."""
        bucket: Bucket = given["bucket"]
        params = {"Bucket": bucket.name, "Key": given["key"]}
        begun = requested(bucket.account, "s3:CreateMultipartUpload", params, given["received_at"])
        upload: Upload = Upload.in_sandbox(bucket.sandbox).get(upload_id=begun["UploadId"])
        upload.bucket = bucket
        return upload


class PartFactory(RequestFactory[Part]):
    """One part of a multipart upload."""

    class Meta:
        model = Part

    upload = SubFactory(UploadFactory)
    number = 1
    text = "Hello."
    received_at = None

    @classmethod
    def made(cls, **given: Any) -> Part:
        """Upload the part."""
        upload: Upload = given["upload"]
        params = {
            "Bucket": upload.bucket.name,
            "Key": upload.key,
            "UploadId": upload.upload_id,
            "PartNumber": given["number"],
            "Body": given["text"].encode(),
        }
        requested(upload.bucket.account, "s3:UploadPart", params, given["received_at"])
        part: Part = Part.in_sandbox(upload.sandbox).get(upload=upload, number=given["number"])
        return part
