"""Settings that are the same for every bucket here: ownership, versioning, ACLs."""

from typing import Any

from console.services.s3.models import Bucket, StoredObject
from console.services.s3.names import owner_of
from console.services.s3.public_policies import is_public
from console.services.s3.resolvers import found_object, found_policy, on_bucket, on_object_place
from iam.models import Document
from iam.perform import Call, Params, Result, reads


@reads("s3:GetBucketPolicyStatus", on=on_bucket("s3:GetBucketPolicyStatus"), prepare=found_policy)
def get_bucket_policy_status(call: Call, params: Params, policy: Document) -> Result:
    return {"PolicyStatus": {"IsPublic": is_public(policy.text)}}


@reads("s3:GetBucketVersioning", on=on_bucket("s3:GetBucketVersioning"))
def get_bucket_versioning(call: Call, params: Params, bucket: Bucket) -> Result:
    """Return nothing, as S3 does for a bucket whose versioning was never turned on."""
    return {}


@reads("s3:GetBucketOwnershipControls", on=on_bucket("s3:GetBucketOwnershipControls"))
def get_bucket_ownership_controls(call: Call, params: Params, bucket: Bucket) -> Result:
    """Return that the bucket's account owns every object and ACLs are disabled."""
    return {"OwnershipControls": {"Rules": [{"ObjectOwnership": "BucketOwnerEnforced"}]}}


def _full_control(account_id: str) -> dict[str, Any]:
    owner = owner_of(account_id)
    grant = {"Grantee": {"Type": "CanonicalUser", **owner}, "Permission": "FULL_CONTROL"}
    return {"Owner": owner, "Grants": [grant]}


@reads("s3:GetBucketAcl", on=on_bucket("s3:GetBucketAcl"))
def get_bucket_acl(call: Call, params: Params, bucket: Bucket) -> Result:
    """Return the ACL of a bucket with disabled ACLs: its account's full control."""
    return _full_control(bucket.account.account_id)


@reads(
    "s3:GetObjectAcl",
    on=on_object_place("s3:GetObjectAcl"),
    prepare=found_object,
    data_event=True,
)
def get_object_acl(call: Call, params: Params, found: StoredObject) -> Result:
    return _full_control(found.owner_account_id)
