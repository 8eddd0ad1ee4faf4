"""What S3 operations name, and the checks they need."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from console.services.s3.errors import no_such_bucket, no_such_key
from console.services.s3.models import Bucket, StoredObject
from console.services.s3.names import bucket_arn, refuse_key
from console.services.s3.public_policies import is_public
from console.services.s3.queries import find_bucket, find_object
from iam.authorization import ContextValue
from iam.callers import Caller, CallerKind
from iam.perform import Call, Check, Params, Resolved, ResourcePolicy
from iam.wire.errors import AwsError

# The owner's root user can always see and mend a policy that locked everybody out.
_NEVER_LOCKED_OUT = {"s3:GetBucketPolicy", "s3:PutBucketPolicy", "s3:DeleteBucketPolicy"}


@dataclass(frozen=True)
class Located:
    """An object, or the place for one, in a bucket that exists."""

    bucket: Bucket
    key: str
    found: StoredObject | None


def _policy_for(caller: Caller, action: str, bucket: Bucket) -> ResourcePolicy | None:
    if bucket.policy is None:
        return None
    own = bucket.account.account_id == caller.account_id
    if own and caller.kind is CallerKind.ROOT and action in _NEVER_LOCKED_OUT:
        return None
    restricted = bucket.public_access_block.get("RestrictPublicBuckets", False)
    if not own and restricted and is_public(bucket.policy.text):
        return None
    return ResourcePolicy(
        text=bucket.policy.text, name="bucket policy", arn=bucket.arn, bound=bucket.policy_bound
    )


def check_on(
    call: Call,
    action: str,
    name: str,
    bucket: Bucket | None,
    *,
    key: str | None = None,
    context: Mapping[str, ContextValue] | None = None,
) -> Check:
    """Return the check of an action on a bucket, or with a key on an object in it."""
    arn = bucket_arn(name) if key is None else f"{bucket_arn(name)}/{key}"
    account_id = bucket.account.account_id if bucket else call.caller.account_id
    return Check(
        action,
        arn,
        account_id=account_id,
        policy=_policy_for(call.caller, action, bucket) if bucket else None,
        context={
            "s3:ResourceAccount": account_id,
            "s3:authType": "REST-HEADER",
            "s3:signatureversion": "AWS4-HMAC-SHA256",
            "s3:TlsVersion": "1.3",
            **(context or {}),
        },
    )


def also_in(bucket: Bucket | None) -> tuple[str, ...]:
    """Return the accounts that see a call on a bucket besides the caller's."""
    return (bucket.account.account_id,) if bucket else ()


def bucket_resource(name: str) -> dict[str, str]:
    """Return a bucket as an event's record names it."""
    return {"ResourceType": "AWS::S3::Bucket", "ResourceName": name}


def object_resources(name: str, key: str) -> tuple[dict[str, str], ...]:
    """Return an object and its bucket as an event's record names them."""
    arn = f"{bucket_arn(name)}/{key}"
    return ({"ResourceType": "AWS::S3::Object", "ResourceName": arn}, bucket_resource(name))


def _other_owner(bucket: Bucket, params: Params) -> bool:
    expected = params.get("ExpectedBucketOwner")
    return expected is not None and expected != bucket.account.account_id


def missing_of(bucket: Bucket | None, params: Params) -> AwsError | None:
    """Return the error for a bucket that is not there, or not the expected account's."""
    if bucket is None:
        return no_such_bucket()
    if _other_owner(bucket, params):
        return AwsError("AccessDenied", "Access Denied", 403)
    return None


def on_bucket(action: str, *context_keys: str) -> Callable[[Call, Params], Resolved]:
    """Return a resolver of `Bucket` for an IAM action.

    `context_keys` are parameters that are also condition keys: `MaxKeys` is `s3:max-keys`.
    """
    condition_keys = {"Prefix": "s3:prefix", "Delimiter": "s3:delimiter", "MaxKeys": "s3:max-keys"}

    def resolve(call: Call, params: Params) -> Resolved:
        name = params["Bucket"]
        bucket = find_bucket(call.caller.sandbox, name)
        context = {condition_keys[k]: str(params[k]) for k in context_keys if k in params}
        return Resolved(
            checks=(check_on(call, action, name, bucket, context=context),),
            subject=bucket,
            missing=missing_of(bucket, params),
            resources=(bucket_resource(name),),
            also_in=also_in(bucket),
        )

    return resolve


@dataclass(frozen=True)
class Reading:
    """An object to be read: the checks that takes, and what is missing."""

    checks: tuple[Check, ...]
    bucket: Bucket | None
    found: StoredObject | None
    missing: AwsError | None


def reading_of(call: Call, name: str, key: str) -> Reading:
    """Return how an object is read: who may not list the bucket is not told what is missing."""
    refuse_key(key)
    bucket = find_bucket(call.caller.sandbox, name)
    check = check_on(call, "s3:GetObject", name, bucket, key=key)
    if bucket is None:
        return Reading((check,), None, None, no_such_bucket())
    found = find_object(bucket, key)
    if found is not None:
        return Reading((check,), bucket, found, None)
    listing = check_on(call, "s3:ListBucket", name, bucket)
    return Reading((check, listing), bucket, None, no_such_key())


def on_object_read(call: Call, params: Params) -> Resolved:
    """Resolve `Bucket` and `Key` of an object to be read."""
    name, key = params["Bucket"], params["Key"]
    reading = reading_of(call, name, key)
    return Resolved(
        checks=reading.checks,
        subject=reading.found,
        missing=missing_of(reading.bucket, params) or reading.missing,
        resources=object_resources(name, key),
        also_in=also_in(reading.bucket),
    )


def on_object_place(action: str) -> Callable[[Call, Params], Resolved]:
    """Return a resolver of `Bucket` and `Key` where the object need not exist."""

    def resolve(call: Call, params: Params) -> Resolved:
        name, key = params["Bucket"], params["Key"]
        refuse_key(key)
        bucket = find_bucket(call.caller.sandbox, name)
        located = Located(bucket, key, find_object(bucket, key)) if bucket else None
        return Resolved(
            checks=(check_on(call, action, name, bucket, key=key),),
            subject=located,
            missing=missing_of(bucket, params),
            resources=object_resources(name, key),
            also_in=also_in(bucket),
        )

    return resolve
