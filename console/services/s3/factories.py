"""Factories of buckets and objects; only seeds and tests import them."""

from base64 import b64decode
from mimetypes import guess_type
from typing import Any
from urllib.parse import urlencode

from factory import Sequence, SubFactory

from console.services.s3.models import Bucket, Part, StoredObject, Upload
from iam.catalogue.regions import HOME_REGION
from iam.factories.accounts import AccountFactory
from iam.factories.requests import RequestFactory, requested
from iam.models import Account
from iam.wire.tags import tag_list


class BucketFactory(RequestFactory[Bucket]):
    """A bucket with `objects` by key (a text, or what `ObjectFactory` takes), and its settings.

    With a `public_access_block`, `policy` may be one that the block would refuse today.
    """

    class Meta:
        model = Bucket

    account = SubFactory(AccountFactory)
    name = Sequence(lambda n: f"rolecall-bucket-{n}")
    region = HOME_REGION
    tags: dict[str, str] = {}
    objects: dict[str, str | dict[str, Any]] = {}
    policy = ""
    public_access_block: dict[str, bool] | None = None
    received_at = None

    @classmethod
    def made(cls, **given: Any) -> Bucket:
        """Create the bucket, then its objects and settings."""
        account, moment, region = given["account"], given["received_at"], given["region"]
        named = {"Bucket": given["name"]}
        place = {"LocationConstraint": region} if region != HOME_REGION else {}
        created = {**named, "CreateBucketConfiguration": place}
        requested(account, "s3:CreateBucket", created, moment, region)
        bucket: Bucket = Bucket.in_sandbox(account.sandbox).get(name=given["name"])
        bucket.account = account
        for key, given_as in given["objects"].items():
            held = {"text": given_as} if isinstance(given_as, str) else given_as
            ObjectFactory.create(bucket=bucket, key=key, received_at=moment, **held)
        if given["tags"]:
            tagging = {**named, "Tagging": {"TagSet": tag_list(given["tags"])}}
            requested(account, "s3:PutBucketTagging", tagging, moment)
        cls._protect(account, named, given)
        bucket.refresh_from_db()
        bucket.account = account
        return bucket

    @classmethod
    def _protect(cls, account: Account, named: dict[str, str], given: dict[str, Any]) -> None:
        """Put the policy, then the public access block."""
        block, moment = given["public_access_block"], given["received_at"]
        if block is not None:
            requested(account, "s3:DeletePublicAccessBlock", named, moment)
        if given["policy"]:
            policy = {**named, "Policy": given["policy"]}
            requested(account, "s3:PutBucketPolicy", policy, moment)
        if block:
            settings = {**named, "PublicAccessBlockConfiguration": block}
            requested(account, "s3:PutPublicAccessBlock", settings, moment)


class ObjectFactory(RequestFactory[StoredObject]):
    """An object with a `text`, or with bytes in `base64`, and what it is stored with."""

    class Meta:
        model = StoredObject

    bucket = SubFactory(BucketFactory)
    key = Sequence(lambda n: f"object-{n}.txt")
    text = "Hello."
    base64 = ""
    content_type = ""
    metadata: dict[str, str] = {}
    headers: dict[str, str] = {}
    tags: dict[str, str] = {}
    received_at = None

    @classmethod
    def made(cls, **given: Any) -> StoredObject:
        """Put the object."""
        bucket: Bucket = given["bucket"]
        guessed = guess_type(given["key"])[0] or "text/plain"
        params = {
            "Bucket": bucket.name,
            "Key": given["key"],
            "Body": b64decode(given["base64"]) or given["text"].encode(),
            "ContentType": given["content_type"] or guessed,
            "Metadata": given["metadata"],
            "Tagging": urlencode(given["tags"]),
            **given["headers"],
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
