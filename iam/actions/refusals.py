"""The errors that IAM's operations share, with AWS's codes, texts and HTTP statuses."""

from iam.wire.errors import AwsError


def no_such_entity(message: str, *members: str) -> AwsError:
    return AwsError("NoSuchEntity", message, 404, members)


def already_exists(message: str, *members: str) -> AwsError:
    return AwsError("EntityAlreadyExists", message, 409, members)


def limit_exceeded(message: str, *members: str) -> AwsError:
    return AwsError("LimitExceeded", message, 409, members)


def over_quota(quota: str, limit: int, *members: str) -> AwsError:
    """Return the error for a named quota, such as AccessKeysPerUser."""
    return limit_exceeded(f"Cannot exceed quota for {quota}: {limit}", *members)


def delete_conflict(message: str) -> AwsError:
    return AwsError("DeleteConflict", message, 409)


def invalid_input(message: str, *members: str) -> AwsError:
    """Return the error for input that the service model accepts and IAM refuses.

    `members` name the parameters at fault.
    """
    return AwsError("InvalidInput", message, 400, members)


def validation_error(message: str, *members: str) -> AwsError:
    """Return the error for a request that this caller cannot make."""
    return AwsError("ValidationError", message, 400, members)
