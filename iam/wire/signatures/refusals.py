"""AWS's errors for a request that is signed wrongly; S3 has its own."""

from iam.wire.errors import AwsError

_MISMATCH = (
    "The request signature we calculated does not match the signature you provided. "
    "Check your AWS Secret Access Key and signing method. Consult the service documentation for "
    "details."
)
_S3_MISMATCH = (
    "The request signature we calculated does not match the signature you provided. "
    "Check your key and signing method."
)


def is_s3(service: str) -> bool:
    return service == "s3"


def incomplete(message: str) -> AwsError:
    """Return the query services' error for an authorization with a missing or malformed part."""
    return AwsError("IncompleteSignature", message)


def malformed_header(what: str, **details: str) -> AwsError:
    """Return S3's error for an Authorization header that cannot be read."""
    message = f"The authorization header is malformed; {what}"
    return AwsError("AuthorizationHeaderMalformed", message, details=details)


def malformed_query(message: str) -> AwsError:
    """Return S3's error for a presigned URL that cannot be read."""
    return AwsError("AuthorizationQueryParametersError", message)


def unknown_key(service: str, access_key_id: str) -> AwsError:
    """Return the error for an unknown or inactive access key."""
    if is_s3(service):
        return AwsError(
            "InvalidAccessKeyId",
            "The AWS Access Key Id you provided does not exist in our records.",
            403,
            details={"AWSAccessKeyId": access_key_id},
        )
    message = "The security token included in the request is invalid."
    return AwsError("InvalidClientTokenId", message, 403)


def wrong_scope(message: str) -> AwsError:
    """Return the query services' error for a wrong credential scope."""
    return AwsError("SignatureDoesNotMatch", message, 403)


def mismatch(service: str, **details: str) -> AwsError:
    """Return the error for a signature of another secret or another request."""
    if is_s3(service):
        return AwsError("SignatureDoesNotMatch", _S3_MISMATCH, 403, details=details)
    return AwsError("SignatureDoesNotMatch", _MISMATCH, 403)


def denied(message: str, **details: str) -> AwsError:
    """Return S3's AccessDenied for a request that is signed wrongly."""
    return AwsError("AccessDenied", message, 403, details=details)
