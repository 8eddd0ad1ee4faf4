"""The errors of Access Analyzer's operations."""

from iam.wire.errors import AwsError


def no_such(what: str, member: str) -> AwsError:
    return AwsError("ResourceNotFoundException", f"{what} not found", 404, (member,))


def refused(message: str, member: str) -> AwsError:
    return AwsError("ValidationException", message, 400, (member,))


def analyzer_exists(name: str) -> AwsError:
    message = f"An analyzer with the name {name} already exists."
    return AwsError("ConflictException", message, 409, ("analyzerName",))


def too_many(type_: str, most: int) -> AwsError:
    message = f"You can have {most} analyzer{'s' if most > 1 else ''} of the type {type_}."
    return AwsError("ServiceQuotaExceededException", message, 402, ("type",))
