"""The errors of Lambda's operations, with its codes and sentences."""

from iam.wire.errors import AwsError

INVALID_PRINCIPAL = "The provided principal was invalid. Please check the principal and try again."
CANNOT_ASSUME = "The role defined for the function cannot be assumed by Lambda."


def invalid_value(message: str, *members: str) -> AwsError:
    return AwsError("InvalidParameterValueException", message, 400, members)


class InvalidPrincipal(AwsError):
    """A principal that there is not; `detail` is what the console adds to Lambda's sentence."""

    def __init__(self, detail: str, unknown_account: str) -> None:
        code = "InvalidParameterValueException"
        super().__init__(code, INVALID_PRINCIPAL, 400, ("Principal",))
        self.detail, self.unknown_account = detail, unknown_account


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


def no_policy() -> AwsError:
    message = "The resource you requested does not exist."
    return AwsError("ResourceNotFoundException", message, 404)


def no_such_statement(id_: str) -> AwsError:
    message = f"Statement {id_} is not found in resource policy."
    return AwsError("ResourceNotFoundException", message, 404, ("StatementId",))


def statement_exists(id_: str) -> AwsError:
    message = (
        f"The statement id ({id_}) provided already exists. Please provide a new statement id, "
        "or remove the existing statement."
    )
    return AwsError("ResourceConflictException", message, 409, ("StatementId",))


def policy_too_long(length: int, most: int) -> AwsError:
    message = f"The final policy size ({length}) is bigger than the limit ({most})."
    return AwsError("PolicyLengthExceededException", message, 400)


def wrong_revision() -> AwsError:
    message = (
        "The Revision Id provided does not match the latest Revision Id. Call the "
        "GetFunction/GetAlias API to retrieve the latest Revision Id"
    )
    return AwsError("PreconditionFailedException", message, 412, ("RevisionId",))
