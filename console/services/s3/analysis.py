"""Permission checks on buckets and objects, for analyses."""

from console.services.s3.models import Bucket
from console.services.s3.queries import find_bucket, tagged_objects
from console.services.s3.resolvers import check_on, tag_context
from iam.analysis import World
from iam.analysis.resources import CheckFor, owned_by
from iam.arns import bucket_arn, parse_arn
from iam.callers import Caller
from iam.models import Sandbox
from iam.perform import Call, PermissionCheck


@owned_by("s3")
def find_check(world: World, action: str, arn: str) -> CheckFor | None:
    """Return the check of an action on an existing bucket, or on an object in it."""
    named = parse_arn(arn)
    if named is None or not named.is_of("s3") or named.account:
        return None
    name, slash, key = named.resource.partition("/")
    bucket = world.visit.remember(("bucket", name), lambda: find_bucket(world.sandbox, name))
    if bucket is None:
        return None
    tagged = world.visit.remember(("tagged objects", name), lambda: tagged_objects(bucket))
    context = tag_context(tagged.get(key)) if slash else {}

    def check(caller: Caller) -> PermissionCheck:
        called, of = Call(caller, action, {}), key if slash else None
        return check_on(called, action, name, bucket, key=of, context=context)

    return check


def bucket_arns(sandbox: Sandbox) -> list[str]:
    """Return the ARNs of all buckets."""
    names = Bucket.in_sandbox(sandbox).order_by("name").values_list("name", flat=True)
    return [bucket_arn(name) for name in names]
