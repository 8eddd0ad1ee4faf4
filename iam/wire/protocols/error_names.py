"""The names of errors, which differ between protocols."""

from iam.wire.errors import AwsError

_JSON_CODES = {
    "AccessDenied": "AccessDeniedException",
    "ExpiredToken": "ExpiredTokenException",
    "IncompleteSignature": "IncompleteSignatureException",
    "InvalidAction": "UnknownOperationException",
    "InvalidClientTokenId": "UnrecognizedClientException",
    "MissingAuthenticationToken": "MissingAuthenticationTokenException",
    "NotImplemented": "UnsupportedOperationException",
    "SignatureDoesNotMatch": "InvalidSignatureException",
    "ValidationError": "ValidationException",
}
_REST_JSON_STATUS = {"ExpiredToken": 403, "InvalidClientTokenId": 403, "NotImplemented": 400}
_S3 = {
    "ExpiredToken": AwsError("ExpiredToken", "The provided token has expired.", 400),
    "InvalidClientTokenId": AwsError(
        "InvalidToken", "The provided token is malformed or otherwise invalid.", 400
    ),
}
_S3_CODES = {"ValidationError": "InvalidArgument", "InvalidAction": "NotImplemented"}
_S3_STATUS = {"InvalidAction": 501, "NotImplemented": 501}
_EC2 = {
    "InvalidClientTokenId": AwsError(
        "AuthFailure", "AWS was not able to validate the provided access credentials", 401
    ),
    "SignatureDoesNotMatch": AwsError(
        "AuthFailure", "AWS was not able to validate the provided access credentials", 401
    ),
    "ExpiredToken": AwsError("RequestExpired", "Request has expired.", 400),
}
_EC2_CODES = {
    "AccessDenied": "UnauthorizedOperation",
    "MalformedInput": "InvalidParameterValue",
    "NotImplemented": "UnsupportedOperation",
    "ValidationError": "InvalidParameterValue",
}


def worded(error: AwsError, protocol: str) -> AwsError:
    """Return the error with the name and words of a protocol's services."""
    match protocol:
        case "rest-json":
            return _renamed(error, _JSON_CODES, _REST_JSON_STATUS.get(error.code, 0))
        case "json":
            return _renamed(error, _JSON_CODES, status=400 if error.status < 500 else error.status)
        case "rest-xml":
            return _S3.get(error.code) or _renamed(error, _S3_CODES, _S3_STATUS.get(error.code, 0))
        case "ec2":
            return _EC2.get(error.code) or _renamed(_in_words_of_ec2(error), _EC2_CODES)
    return error


def _in_words_of_ec2(error: AwsError) -> AwsError:
    """Return the error, in EC2's words if a required or enumerated member is at fault.

    EC2 names only the first member at fault.
    """
    traits = {one.trait for one in error.violations}
    if "required" in traits:
        message = f"The request must contain the parameter {error.members[0]}"
        return AwsError("MissingParameter", message, 400, error.members)
    if "enum" in traits:
        first = error.violations[0]
        message = f"Invalid value {first.value} for {first.member}."
        return AwsError("InvalidParameterValue", message, 400, error.members)
    return error


def _renamed(error: AwsError, names: dict[str, str], status: int = 0) -> AwsError:
    code = names.get(error.code, error.code)
    return AwsError(code, error.message, status or error.status, error.members, error.details)
