"""Block Public Access of one bucket."""

from console.services.s3.models import Bucket, all_blocked
from console.services.s3.resolvers import on_bucket
from iam.perform import Call, Params, Result, reads, writes
from iam.wire.errors import AwsError


def with_settings(call: Call, params: Params, bucket: Bucket) -> Bucket:
    """Prepare to return the settings, which the bucket must have."""
    if not bucket.public_access_block:
        message = "The public access block configuration was not found"
        raise AwsError("NoSuchPublicAccessBlockConfiguration", message, 404)
    return bucket


@reads(
    "s3:GetPublicAccessBlock",
    on=on_bucket("s3:GetBucketPublicAccessBlock"),
    prepare=with_settings,
)
def get_public_access_block(call: Call, params: Params, bucket: Bucket) -> Result:
    return {"PublicAccessBlockConfiguration": dict(bucket.public_access_block)}


@writes("s3:PutPublicAccessBlock", on=on_bucket("s3:PutBucketPublicAccessBlock"))
def put_public_access_block(call: Call, params: Params, bucket: Bucket) -> None:
    """Set the four settings; a missing one is off."""
    asked = params["PublicAccessBlockConfiguration"]
    bucket.public_access_block = {name: asked.get(name, False) for name in all_blocked()}
    bucket.save(update_fields=["public_access_block"])


@writes("s3:DeletePublicAccessBlock", on=on_bucket("s3:PutBucketPublicAccessBlock"))
def delete_public_access_block(call: Call, params: Params, bucket: Bucket) -> None:
    """Remove the settings, which turns all four off."""
    bucket.public_access_block = {}
    bucket.save(update_fields=["public_access_block"])
