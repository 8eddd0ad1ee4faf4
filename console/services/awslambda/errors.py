"""The errors of Lambda's operations, with its codes and sentences."""

from iam.wire.errors import AwsError

CANNOT_ASSUME = "The role defined for the function cannot be assumed by Lambda."


def invalid_value(message: str, *members: str) -> AwsError:
    return AwsError("InvalidParameterValueException", message, 400, members)


def no_such_function(arn: str) -> AwsError:
    message = f"Function not found: {arn}"
    return AwsError("ResourceNotFoundException", message, 404, ("FunctionName",))


def function_exists(name: str) -> AwsError:
    message = f"Function already exist: {name}"
    return AwsError("ResourceConflictException", message, 409, ("FunctionName",))


def too_many_functions(most: int) -> AwsError:
    message = f"Rolecall keeps {most} functions an account."
    return AwsError("CodeStorageExceededException", message)


def not_offered(what: str) -> AwsError:
    return AwsError("NotImplemented", f"Rolecall's Lambda does not offer {what}.")
