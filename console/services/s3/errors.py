"""S3's errors."""

from iam.authorization import Authorization, in_one_organization
from iam.callers import Caller
from iam.engine import reason_sentence
from iam.perform import words_denials
from iam.wire.errors import AwsError


def no_such_bucket() -> AwsError:
    return AwsError("NoSuchBucket", "The specified bucket does not exist", 404, ("Bucket",))


def no_such_key() -> AwsError:
    return AwsError("NoSuchKey", "The specified key does not exist.", 404, ("Key",))


def no_object_lock() -> AwsError:
    return AwsError("InvalidRequest", "Bucket is missing Object Lock Configuration")


def invalid_bucket_name() -> AwsError:
    return AwsError("InvalidBucketName", "The specified bucket is not valid.", 400, ("Bucket",))


def no_such_bucket_policy() -> AwsError:
    return AwsError("NoSuchBucketPolicy", "The bucket policy does not exist", 404)


class MalformedPolicy(AwsError):
    """A bucket policy that S3 refuses; `detail` is what the console adds to S3's sentence."""

    def __init__(self, message: str) -> None:
        super().__init__("MalformedPolicy", message, 400, ("Policy",))
        self.detail = ""
        self.unknown_account = ""


def malformed_policy(message: str) -> MalformedPolicy:
    return MalformedPolicy(message)


def too_large(message: str) -> AwsError:
    return AwsError("EntityTooLarge", message, 400, ("Body",))


@words_denials("s3")
def denied(caller: Caller, answer: Authorization) -> AwsError:
    """Return the denial; the reason is given only within one account or organization."""
    request = answer.request
    if not in_one_organization(caller, request.resource_account):
        return AwsError("AccessDenied", "Access Denied", 403)
    on = f' on resource: "{request.resource}"' if answer.check.names_resource else ""
    reason = reason_sentence(request, answer.decision)
    message = f"User: {caller.arn} is not authorized to perform: {request.action}{on} {reason}"
    return AwsError("AccessDenied", message, 403)
