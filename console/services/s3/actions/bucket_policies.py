"""Bucket policies, which only the bucket's own account may read and change."""

from collections.abc import Callable
from dataclasses import replace

from console.services.s3.bucket_policies import checked_policy
from console.services.s3.models import Bucket
from console.services.s3.public_policies import is_public
from console.services.s3.resolvers import found_policy, on_bucket
from iam.models import Document
from iam.perform import (
    Call,
    Params,
    Resolution,
    Result,
    reads,
    returns_resource_policy,
    writes,
)
from iam.queries.principals import shown
from iam.wire.errors import AwsError


def on_own_policy(action: str) -> Callable[[Call, Params], Resolution]:
    """Return a resolver of a bucket for its policy; another account gets a 405."""
    resolve_bucket = on_bucket(action)

    def resolve(call: Call, params: Params) -> Resolution:
        resolved = resolve_bucket(call, params)
        bucket: Bucket | None = resolved.subject
        if bucket is None or bucket.account.account_id == call.caller.account_id:
            return resolved
        message = "The specified method is not allowed against this resource."
        return replace(resolved, missing=AwsError("MethodNotAllowed", message, 405))

    return resolve


def shown_policy(call: Call, params: Params, bucket: Bucket) -> str:
    """Return the policy with its present principals; raises AwsError for a bucket without one."""
    text = found_policy(call, params, bucket).text
    return shown(call.caller.sandbox, text, bucket.policy_bound)


@reads("s3:GetBucketPolicy", on=on_own_policy("s3:GetBucketPolicy"), prepare=shown_policy)
def get_bucket_policy(call: Call, params: Params, text: str) -> Result:
    """Return the policy as typed, with the unique IDs of principals that are gone."""
    return {"Policy": text}


@returns_resource_policy("s3")
def read_of_policy(arn: str) -> tuple[str, Params]:
    return "s3:GetBucketPolicy", {"Bucket": arn.rpartition(":")[2].partition("/")[0]}


def _refuse_public(call: Call, bucket: Bucket, text: str) -> None:
    if bucket.public_access_block.get("BlockPublicPolicy", False) and is_public(text):
        raise AwsError(
            "AccessDenied",
            f"User: {call.caller.arn} is not authorized to perform: s3:PutBucketPolicy on "
            f'resource: "{bucket.arn}" because public policies are blocked by the '
            "BlockPublicPolicy block public access setting.",
            403,
        )


def with_policy(call: Call, params: Params, bucket: Bucket) -> tuple[Bucket, str]:
    """Prepare to save a policy: it must be valid, and not public if that is blocked."""
    text, bucket.policy_bound = checked_policy(bucket, params["Policy"])
    _refuse_public(call, bucket, text)
    return bucket, text


@writes("s3:PutBucketPolicy", on=on_own_policy("s3:PutBucketPolicy"), prepare=with_policy)
def put_bucket_policy(call: Call, params: Params, prepared: tuple[Bucket, str]) -> None:
    """Save a policy, and bind its user and role ARNs to the entities that they name now."""
    bucket, text = prepared
    bucket.policy = Document.of(call.caller.sandbox, text)
    bucket.save(update_fields=["policy", "policy_bound"])


@writes("s3:DeleteBucketPolicy", on=on_own_policy("s3:DeleteBucketPolicy"))
def delete_bucket_policy(call: Call, params: Params, bucket: Bucket) -> None:
    """Remove the policy; a bucket without one is left as it is."""
    bucket.policy, bucket.policy_bound = None, {}
    bucket.save(update_fields=["policy", "policy_bound"])
