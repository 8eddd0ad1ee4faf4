"""What the tests of the S3 pages share."""

from urllib.parse import urlencode

from django.urls import reverse

from console.services.s3.models import Bucket, StoredObject
from iam.perform import perform
from tests.worlds import World


def fill(world: World, *keys: str, bucket: str = "reports", body: bytes = b"the text") -> None:
    caller = world.root()
    if not Bucket.in_sandbox(world.sandbox).filter(name=bucket).exists():
        perform(caller, "s3:CreateBucket", {"Bucket": bucket})
    for key in keys:
        perform(caller, "s3:PutObject", {"Bucket": bucket, "Key": key, "Body": body})


def page(name: str, bucket: str = "reports", **query: str) -> str:
    return f"{reverse(name, args=[bucket])}?{urlencode(query)}"


def keys(world: World) -> list[str]:
    return list(StoredObject.in_sandbox(world.sandbox).values_list("key", flat=True))
