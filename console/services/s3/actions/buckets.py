"""The operations on buckets."""

from typing import Any

from console.services.s3.errors import invalid_bucket_name
from console.services.s3.models import Bucket, StoredObject
from console.services.s3.names import is_bucket_name, owner_of
from console.services.s3.quotas import refuse_bucket
from console.services.s3.request_keys import header_keys, signature_keys
from console.services.s3.resolvers import bucket_resource, on_bucket
from iam.arns import bucket_arn
from iam.catalogue.regions import HOME_REGION
from iam.perform import Call, Params, PermissionCheck, Resolution, Result, reads, writes
from iam.wire.errors import AwsError


def on_own_buckets(call: Call, params: Params) -> Resolution:
    """Resolve the list of the account's buckets; S3's denial names no resource."""
    check = PermissionCheck("s3:ListAllMyBuckets", bucket_arn("*"), names_resource=False)
    return Resolution(checks=(check,))


@reads("s3:ListBuckets", on=on_own_buckets)
def list_buckets(call: Call, params: Params, subject: None) -> Result:
    """Return the account's buckets by name, in pages if `MaxBuckets` is given."""
    rows = Bucket.in_sandbox(call.caller.sandbox).filter(account=call.account)
    if "BucketRegion" in params:
        rows = rows.filter(region=params["BucketRegion"])
    prefix, after = params.get("Prefix", ""), params.get("ContinuationToken", "")
    named = [row for row in rows if row.name.startswith(prefix) and row.name > after]
    size = params.get("MaxBuckets", len(named))
    result: dict[str, Any] = {
        "Buckets": [_shown(row) for row in named[:size]],
        "Owner": owner_of(call.caller.account_id),
    }
    if prefix:
        result["Prefix"] = prefix
    if len(named) > size:
        result["ContinuationToken"] = named[size - 1].name
    return result


def _shown(bucket: Bucket) -> dict[str, Any]:
    return {
        "Name": bucket.name,
        "CreationDate": bucket.created_at,
        "BucketRegion": bucket.region,
        "BucketArn": bucket.arn,
    }


def on_new_bucket(call: Call, params: Params) -> Resolution:
    """Resolve a new bucket, with a check in the caller's own account, whoever has the name."""
    name = params["Bucket"]
    context = {
        **signature_keys(call.caller.origin, call.caller.account_id),
        "s3:LocationConstraint": _region(call, params),
        **header_keys(params),
    }
    return Resolution(
        checks=(PermissionCheck("s3:CreateBucket", bucket_arn(name), context=context),),
        resources=(bucket_resource(name),),
    )


def _region(call: Call, params: Params) -> str:
    configuration = params.get("CreateBucketConfiguration", {})
    constraint: str = configuration.get("LocationConstraint", "")
    return ("eu-west-1" if constraint == "EU" else constraint) or HOME_REGION


def _refuse_region(call: Call, region: str) -> None:
    here = call.caller.origin.region
    if here not in {HOME_REGION, region}:
        shown = "unspecified" if region == HOME_REGION else region
        raise AwsError(
            "IllegalLocationConstraintException",
            f"The {shown} location constraint is incompatible for the region specific endpoint "
            "this request was sent to.",
        )


def _refuse_taken(call: Call, name: str) -> None:
    rows = Bucket.in_sandbox(call.caller.sandbox)
    taken = rows.select_related("account").filter(name=name).first()
    if taken is None:
        return
    if taken.account.account_id == call.caller.account_id:
        raise AwsError(
            "BucketAlreadyOwnedByYou",
            "Your previous request to create the named bucket succeeded and you already own it.",
            409,
            ("Bucket",),
        )
    raise AwsError(
        "BucketAlreadyExists",
        "The requested bucket name is not available. The bucket namespace is shared by all users "
        "of the system. Please select a different name and try again.",
        409,
        ("Bucket",),
    )


def new_bucket(call: Call, params: Params, subject: None) -> str:
    """Return the Region of a new bucket; raises AwsError if S3 refuses it."""
    name, region = params["Bucket"], _region(call, params)
    if not is_bucket_name(name):
        raise invalid_bucket_name()
    if params.get("ACL", "private") != "private":
        raise AwsError(
            "InvalidBucketAclWithObjectOwnership",
            "Bucket cannot have ACLs set with ObjectOwnership's BucketOwnerEnforced setting",
        )
    _refuse_region(call, region)
    _refuse_taken(call, name)
    refuse_bucket(call.account)
    return region


@writes("s3:CreateBucket", on=on_new_bucket, prepare=new_bucket)
def create_bucket(call: Call, params: Params, region: str) -> Result:
    """Create a bucket of the caller's account, with public access blocked."""
    name = params["Bucket"]
    bucket: Bucket = Bucket.add(
        call.caller.sandbox,
        account=call.account,
        name=name,
        region=region,
        created_at=call.caller.now,
    )
    return {"Location": f"/{name}", "BucketArn": bucket.arn}


@writes("s3:DeleteBucket", on=on_bucket("s3:DeleteBucket"))
def delete_bucket(call: Call, params: Params, bucket: Bucket) -> None:
    if StoredObject.in_sandbox(call.caller.sandbox).filter(bucket=bucket).exists():
        message = "The bucket you tried to delete is not empty"
        raise AwsError("BucketNotEmpty", message, 409)
    bucket.delete()


@reads("s3:HeadBucket", on=on_bucket("s3:ListBucket"), data_event=True)
def head_bucket(call: Call, params: Params, bucket: Bucket) -> Result:
    return {"BucketRegion": bucket.region, "BucketArn": bucket.arn}


@reads("s3:GetBucketLocation", on=on_bucket("s3:GetBucketLocation"))
def get_bucket_location(call: Call, params: Params, bucket: Bucket) -> Result:
    """Return the bucket's region; the home Region is returned as null, as on AWS."""
    return {"LocationConstraint": None if bucket.region == HOME_REGION else bucket.region}
