"""The same refusal under the name that each protocol's services give it."""

import re

from iam.wire.errors import AwsError
from iam.wire.sentences import MUST_NOT_BE_NULL

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
_ENUM_VALUE = re.compile(r"Value '([^']*)' at .*enum value set", re.DOTALL)


def worded(error: AwsError, protocol: str) -> AwsError:
    """Return the error as the services of a protocol word it."""
    match protocol:
        case "json" | "rest-json":
            return _renamed(error, _JSON_CODES, status=400 if error.status < 500 else error.status)
        case "rest-xml":
            return _S3.get(error.code) or _renamed(error, _S3_CODES, _S3_STATUS.get(error.code, 0))
        case "ec2":
            return _EC2.get(error.code) or _renamed(_as_ec2_tells(error), _EC2_CODES)
    return error


def _as_ec2_tells(error: AwsError) -> AwsError:
    """Return what the service model refuses in EC2's sentences, which name one parameter."""
    name = error.members[0] if error.members else ""
    if error.code != "ValidationError" or not name:
        return error
    if MUST_NOT_BE_NULL in error.message:
        message = f"The request must contain the parameter {name}"
        return AwsError("MissingParameter", message, 400, error.members)
    value = _ENUM_VALUE.search(error.message)
    if value is None:
        return error
    message = f"Invalid value '{value[1]}' for {name}."
    return AwsError("InvalidParameterValue", message, 400, error.members)


def _renamed(error: AwsError, names: dict[str, str], status: int = 0) -> AwsError:
    code = names.get(error.code, error.code)
    return AwsError(code, error.message, status or error.status, error.members, error.details)
