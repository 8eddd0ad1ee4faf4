"""Permission checks on buckets and objects, for analyses."""

from console.services.s3.models import Bucket
from console.services.s3.queries import find_bucket, find_object, tagged_objects
from console.services.s3.resolvers import (
    TAG_PREFIX,
    LocatedObject,
    check_on,
    placing_checks,
    tag_context,
)
from iam.analysis import TaggedResource, Tagging, World, has_tags
from iam.analysis.resources import CheckFor, owned_by
from iam.arns import bucket_arn, parse_arn
from iam.callers import Caller
from iam.models import Sandbox
from iam.perform import Call, PermissionCheck
from iam.wire.tags import tag_list


def _located(world: World, arn: str) -> tuple[Bucket, str | None] | None:
    """Return the existing bucket of an ARN, and the key if the ARN is an object's."""
    named = parse_arn(arn)
    if named is None or not named.is_of("s3") or named.account:
        return None
    name, slash, key = named.resource.partition("/")
    bucket = world.visit.remember(("bucket", name), lambda: find_bucket(world.sandbox, name))
    return (bucket, key if slash else None) if bucket else None


@has_tags("s3")
def find_tagged(world: World, arn: str) -> TaggedResource | None:
    """Return an existing object as something that can be tagged: its tags are put all at once."""
    bucket, key = _located(world, arn) or (None, None)
    if bucket is None or not key:
        return None
    found = find_object(bucket, key)
    if found is None:
        return None
    action = "s3:PutObjectTagging"

    def tagging(caller: Caller, name: str, value: str | None) -> Tagging:
        tags = {one: given for one, given in found.tags.items() if one.lower() != name.lower()}
        if value is not None:
            tags[name] = value
        params = {"Bucket": bucket.name, "Key": key, "Tagging": {"TagSet": tag_list(tags)}}
        located = LocatedObject(bucket, key, found)
        (check,) = placing_checks(Call(caller, action, params), action, params, located)
        return Tagging(action, params, check)

    return TaggedResource(
        key=("object", found.pk),
        called=f"the object {key} in the bucket {bucket.name}",
        arn=arn,
        tags=found.tags,
        prefixes=(TAG_PREFIX,),
        actions=(action,),
        tagging=tagging,
        whole=True,
    )


@owned_by("s3")
def find_check(world: World, action: str, arn: str) -> CheckFor | None:
    """Return the check of an action on an existing bucket, or on an object in it."""
    located = _located(world, arn)
    if located is None:
        return None
    bucket, key = located
    name = bucket.name
    tagged = world.visit.remember(("tagged objects", name), lambda: tagged_objects(bucket))
    context = tag_context(tagged.get(key)) if key is not None else {}

    def check(caller: Caller) -> PermissionCheck:
        called = Call(caller, action, {})
        return check_on(called, action, name, bucket, key=key, context=context)

    return check


def bucket_arns(sandbox: Sandbox) -> list[str]:
    names = Bucket.in_sandbox(sandbox).order_by("name").values_list("name", flat=True)
    return [bucket_arn(name) for name in names]
