"""Tags of buckets and objects."""

from console.services.s3.errors import no_such_key
from console.services.s3.models import Bucket, StoredObject
from console.services.s3.resolvers import LocatedObject, on_bucket, on_object_place
from console.services.s3.tags import MOST_OF_BUCKET, MOST_OF_OBJECT, tag_set, tags_in_document
from iam.perform import Call, Params, Result, reads, writes
from iam.wire.errors import AwsError


@reads("s3:GetBucketTagging", on=on_bucket("s3:GetBucketTagging"))
def get_bucket_tagging(call: Call, params: Params, bucket: Bucket) -> Result:
    """Return a bucket's tags."""
    if not bucket.tags:
        raise AwsError("NoSuchTagSet", "The TagSet does not exist", 404)
    return {"TagSet": tag_set(bucket.tags)}


@writes("s3:PutBucketTagging", on=on_bucket("s3:PutBucketTagging"))
def put_bucket_tagging(call: Call, params: Params, bucket: Bucket) -> None:
    bucket.tags = tags_in_document(params["Tagging"]["TagSet"], MOST_OF_BUCKET)
    bucket.save(update_fields=["tags"])


@writes("s3:DeleteBucketTagging", on=on_bucket("s3:PutBucketTagging"))
def delete_bucket_tagging(call: Call, params: Params, bucket: Bucket) -> None:
    bucket.tags = {}
    bucket.save(update_fields=["tags"])


@reads("s3:GetObjectTagging", on=on_object_place("s3:GetObjectTagging"), data_event=True)
def get_object_tagging(call: Call, params: Params, located: LocatedObject) -> Result:
    return {"TagSet": tag_set(_found(located).tags)}


@writes("s3:PutObjectTagging", on=on_object_place("s3:PutObjectTagging"), data_event=True)
def put_object_tagging(call: Call, params: Params, located: LocatedObject) -> None:
    """Replace an object's tags."""
    found = _found(located)
    found.tags = tags_in_document(params["Tagging"]["TagSet"], MOST_OF_OBJECT)
    found.save(update_fields=["tags"])


@writes("s3:DeleteObjectTagging", on=on_object_place("s3:DeleteObjectTagging"), data_event=True)
def delete_object_tagging(call: Call, params: Params, located: LocatedObject) -> None:
    """Remove an object's tags."""
    found = _found(located)
    found.tags = {}
    found.save(update_fields=["tags"])


def _found(located: LocatedObject) -> StoredObject:
    if located.found is None:
        raise no_such_key()
    return located.found
