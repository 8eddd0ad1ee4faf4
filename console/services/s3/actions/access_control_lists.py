"""s3:PutBucketAcl and s3:PutObjectAcl: buckets here are all BucketOwnerEnforced, without ACLs."""

from typing import NoReturn

from console.services.s3.resolvers import on_bucket, on_object_place
from iam.perform import Call, Params, writes
from iam.wire.errors import AwsError


def refuse_acls(call: Call, params: Params, subject: object) -> NoReturn:
    """Refuse to set an ACL, as S3 does once the caller may (s3tools/s3cmd issue 1304)."""
    raise AwsError("AccessControlListNotSupported", "The bucket does not allow ACLs")


writes("s3:PutBucketAcl", on=on_bucket("s3:PutBucketAcl"), prepare=refuse_acls)(refuse_acls)
writes("s3:PutObjectAcl", on=on_object_place("s3:PutObjectAcl"), prepare=refuse_acls)(refuse_acls)
