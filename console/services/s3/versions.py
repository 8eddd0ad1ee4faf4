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
    "s3:GetObjectAttributes": "s3:GetObjectVersionAttributes",
    "s3:GetObjectTagging": "s3:GetObjectVersionTagging",
    "s3:PutObjectTagging": "s3:PutObjectVersionTagging",
}


def invalid_version() -> AwsError:
    return AwsError("InvalidArgument", "Invalid version id specified", 400, ("VersionId",))


def is_there(params: Params) -> bool:
    """Return whether a request names the one version that there is, or none."""
    return bool(params.get("VersionId", NULL) == NULL)


def action_on(action: str, params: Params) -> str:
    """Return the IAM action for a request; another one if it names a version."""
    return _OF_A_VERSION.get(action, action) if "VersionId" in params else action


def refuse_version(params: Params) -> None:
    """Raise InvalidArgument for a version that is not there."""
    if not is_there(params):
        raise invalid_version()
