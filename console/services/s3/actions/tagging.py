"""Tags of buckets and objects."""

from console.services.s3.models import Bucket, StoredObject
from console.services.s3.resolvers import (
    LocatedObject,
    found_object,
    on_bucket,
    on_object_place,
)
from console.services.s3.tags import MOST_OF_BUCKET, MOST_OF_OBJECT, tags_in_document
from iam.perform import Call, Params, Result, reads, writes
from iam.wire.errors import AwsError
from iam.wire.tags import tag_list


def with_tags(call: Call, params: Params, bucket: Bucket) -> Bucket:
    """Prepare to return a bucket's tags, of which it must have some."""
    if not bucket.tags:
        raise AwsError("NoSuchTagSet", "The TagSet does not exist", 404)
    return bucket


@reads("s3:GetBucketTagging", on=on_bucket("s3:GetBucketTagging"), prepare=with_tags)
def get_bucket_tagging(call: Call, params: Params, bucket: Bucket) -> Result:
    return {"TagSet": tag_list(bucket.tags)}


def tagged_bucket(call: Call, params: Params, bucket: Bucket) -> Bucket:
    bucket.tags = tags_in_document(params["Tagging"]["TagSet"], MOST_OF_BUCKET)
    return bucket


@writes("s3:PutBucketTagging", on=on_bucket("s3:PutBucketTagging"), prepare=tagged_bucket)
def put_bucket_tagging(call: Call, params: Params, bucket: Bucket) -> None:
    bucket.save(update_fields=["tags"])


@writes("s3:DeleteBucketTagging", on=on_bucket("s3:PutBucketTagging"))
def delete_bucket_tagging(call: Call, params: Params, bucket: Bucket) -> None:
    bucket.tags = {}
    bucket.save(update_fields=["tags"])


def tagged_object(call: Call, params: Params, located: LocatedObject) -> StoredObject:
    """Prepare to replace an object's tags."""
    found = found_object(call, params, located)
    found.tags = tags_in_document(params["Tagging"]["TagSet"], MOST_OF_OBJECT)
    return found


def untagged_object(call: Call, params: Params, located: LocatedObject) -> StoredObject:
    """Prepare to remove an object's tags."""
    found = found_object(call, params, located)
    found.tags = {}
    return found


@reads(
    "s3:GetObjectTagging",
    on=on_object_place("s3:GetObjectTagging"),
    prepare=found_object,
    data_event=True,
)
def get_object_tagging(call: Call, params: Params, found: StoredObject) -> Result:
    return {"TagSet": tag_list(found.tags)}


def save_object_tags(call: Call, params: Params, found: StoredObject) -> None:
    found.save(update_fields=["tags"])


for _verb, _tags in (("Put", tagged_object), ("Delete", untagged_object)):
    _action = f"s3:{_verb}ObjectTagging"
    _on = on_object_place(_action)
    writes(_action, on=_on, prepare=_tags, data_event=True)(save_object_tags)
