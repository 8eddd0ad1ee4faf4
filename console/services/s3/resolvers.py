"""Resolvers of S3's operations."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from console.services.s3.errors import no_such_bucket, no_such_bucket_policy, no_such_key
from console.services.s3.models import Bucket, StoredObject
from console.services.s3.names import refuse_key
from console.services.s3.public_policies import is_public
from console.services.s3.queries import find_bucket, find_object
from console.services.s3.request_keys import header_keys, signature_keys, tag_keys, writing_keys
from console.services.s3.versions import action_on, refuse_version
from iam.arns import bucket_arn, object_arn
from iam.authorization import ContextValue
from iam.callers import Caller, CallerKind, Origin
from iam.models import Document
from iam.perform import Call, Params, PermissionCheck, Resolution, ResourcePolicy
from iam.wire.errors import AwsError
from iam.wire.tags import tags_of

TAG_PREFIX = "s3:ExistingObjectTag/"
# The owner's root user can always read and repair a policy that locks everybody out.
_NEVER_LOCKED_OUT = {"s3:GetBucketPolicy", "s3:PutBucketPolicy", "s3:DeleteBucketPolicy"}


@dataclass(frozen=True)
class LocatedObject:
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
) -> PermissionCheck:
    """Return the check of an action on a bucket or, with a key, on an object in it."""
    arn = bucket_arn(name) if key is None else object_arn(name, key)
    account_id = bucket.account.account_id if bucket else call.caller.account_id
    return PermissionCheck(
        action,
        arn,
        account_id=account_id,
        policy=_policy_for(call.caller, action, bucket) if bucket else None,
        context={**signature_keys(call.caller.origin, account_id), **(context or {})},
    )


def bucket_named(call: Call, name: str) -> Bucket | None:
    """Return a bucket; raises if the request was signed for another region."""
    bucket = find_bucket(call.caller.sandbox, name)
    if bucket is not None:
        _refuse_region(call.caller.origin, bucket.region)
    return bucket


def _refuse_region(origin: Origin, region: str) -> None:
    """Raise for another region; signatures of version 2 and the console's calls name none."""
    if not origin.request_id or origin.region == region or origin.signature_version == "AWS":
        return
    wrong = f"the region '{origin.region}' is wrong; expecting '{region}'"
    code, message = (
        "AuthorizationHeaderMalformed",
        f"The authorization header is malformed; {wrong}",
    )
    if origin.presigned:
        code = "AuthorizationQueryParametersError"
        message = f"Error parsing the X-Amz-Credential parameter; {wrong}"
    raise AwsError(code, message, 400, details={"Region": region})


def tag_context(found: StoredObject | None) -> dict[str, ContextValue]:
    """Return the condition keys of an object's tags."""
    tags = found.tags if found else {}
    return {f"{TAG_PREFIX}{key}": value for key, value in tags.items()}


def also_in(bucket: Bucket | None) -> tuple[str, ...]:
    """Return the accounts besides the caller's that see a call on a bucket."""
    return (bucket.account.account_id,) if bucket else ()


def bucket_resource(name: str) -> dict[str, str]:
    return {"ResourceType": "AWS::S3::Bucket", "ResourceName": name}


def object_resources(name: str, key: str) -> tuple[dict[str, str], ...]:
    arn = object_arn(name, key)
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


def on_bucket(action: str, *context_keys: str) -> Callable[[Call, Params], Resolution]:
    """Return a resolver of `Bucket` for an IAM action.

    `context_keys` are parameters that are also condition keys: `MaxKeys` is `s3:max-keys`.
    """
    condition_keys = {"Prefix": "s3:prefix", "Delimiter": "s3:delimiter", "MaxKeys": "s3:max-keys"}

    def resolve(call: Call, params: Params) -> Resolution:
        name = params["Bucket"]
        bucket = bucket_named(call, name)
        context = {condition_keys[k]: str(params[k]) for k in context_keys if k in params}
        return Resolution(
            checks=(check_on(call, action, name, bucket, context=context),),
            subject=bucket,
            missing=missing_of(bucket, params),
            resources=(bucket_resource(name),),
            also_in=also_in(bucket),
        )

    return resolve


@dataclass(frozen=True)
class ObjectRead:
    """An object to be read: the checks that takes, and what is missing."""

    checks: tuple[PermissionCheck, ...]
    bucket: Bucket | None
    found: StoredObject | None
    missing: AwsError | None


def reading_of(call: Call, name: str, key: str, version: str | None = None) -> ObjectRead:
    """Return how an object is read; who may not list the bucket does not learn what is gone."""
    refuse_key(key)
    named = {} if version is None else {"VersionId": version}
    refuse_version(named)
    action = action_on("s3:GetObject", named)
    bucket = bucket_named(call, name)
    found = find_object(bucket, key) if bucket else None
    context = tag_context(found) | header_keys(named)
    check = check_on(call, action, name, bucket, key=key, context=context)
    if bucket is None:
        return ObjectRead((check,), None, None, no_such_bucket())
    if found is not None:
        return ObjectRead((check,), bucket, found, None)
    listing = check_on(call, "s3:ListBucket", name, bucket)
    return ObjectRead((check, listing), bucket, None, no_such_key())


def on_object_read(call: Call, params: Params) -> Resolution:
    """Resolve `Bucket` and `Key` of an object to be read."""
    name, key = params["Bucket"], params["Key"]
    reading = reading_of(call, name, key, params.get("VersionId"))
    return Resolution(
        checks=reading.checks,
        subject=reading.found,
        missing=missing_of(reading.bucket, params) or reading.missing,
        resources=object_resources(name, key),
        also_in=also_in(reading.bucket),
    )


def placing_checks(
    call: Call, action: str, params: Params, located: LocatedObject | None
) -> tuple[PermissionCheck, ...]:
    """Return the checks of an action on the place of an object; tags take one of their own."""
    name, key = params["Bucket"], params["Key"]
    bucket = located.bucket if located else None
    context = tag_context(located.found if located else None)
    if isinstance(params.get("Tagging"), str) or action == "s3:PutObject":
        context |= writing_keys(call, params)
    else:
        listed = params.get("Tagging", {}).get("TagSet", ())
        context |= tag_keys(tags_of(listed)) | header_keys(params)
    check = check_on(call, action, name, bucket, key=key, context=context)
    if not params.get("Tagging") or action != "s3:PutObject":
        return (check,)
    tagging = check_on(call, "s3:PutObjectTagging", name, bucket, key=key, context=context)
    return (check, tagging)


def on_object_place(action: str) -> Callable[[Call, Params], Resolution]:
    """Return a resolver of `Bucket` and `Key` where the object need not exist."""

    def resolve(call: Call, params: Params) -> Resolution:
        name, key = params["Bucket"], params["Key"]
        refuse_key(key)
        refuse_version(params)
        bucket = bucket_named(call, name)
        located = LocatedObject(bucket, key, find_object(bucket, key)) if bucket else None
        return Resolution(
            checks=placing_checks(call, action_on(action, params), params, located),
            subject=located,
            missing=missing_of(bucket, params),
            resources=object_resources(name, key),
            also_in=also_in(bucket),
        )

    return resolve


def found_policy(call: Call, params: Params, bucket: Bucket) -> Document:
    """Prepare what is done with a bucket's policy: it has to have one."""
    if bucket.policy is None:
        raise no_such_bucket_policy()
    return bucket.policy


def found_object(call: Call, params: Params, located: LocatedObject) -> StoredObject:
    """Find the object that a request names."""
    if located.found is None:
        raise no_such_key()
    return located.found
