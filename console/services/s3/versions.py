"""The one version of every object, `null`, as a request may name it: no bucket keeps others.

A request that names a version asks for an action of its own (S3 user guide, *Managing access
permissions*; that `null` counts as a version for the deletion is inferred).
"""

from iam.perform import Params
from iam.wire.errors import AwsError

NULL = "null"
_OF_A_VERSION = {
    "s3:DeleteObject": "s3:DeleteObjectVersion",
    "s3:DeleteObjectTagging": "s3:DeleteObjectVersionTagging",
    "s3:GetObject": "s3:GetObjectVersion",
    "s3:GetObjectAcl": "s3:GetObjectVersionAcl",
    "s3:GetObjectTagging": "s3:GetObjectVersionTagging",
    "s3:PutObjectTagging": "s3:PutObjectVersionTagging",
}


def invalid_version() -> AwsError:
    return AwsError("InvalidArgument", "Invalid version id specified", 400, ("VersionId",))


def action_on(action: str, params: Params) -> str:
    """Return the IAM action for a request; raises InvalidArgument for a version but `null`."""
    version = params.get("VersionId")
    if version is None:
        return action
    if version != NULL:
        raise invalid_version()
    return _OF_A_VERSION.get(action, action)
