"""The errors of EC2's operations, with its codes and sentences."""

from collections.abc import Sequence

from iam.authorization import Authorization, encoded_message
from iam.callers import Caller
from iam.perform import denial_sentence, words_denials
from iam.wire.errors import AwsError


def invalid_value(value: object, parameter: str, because: str, *members: str) -> AwsError:
    """Return the error for a value that the service model accepts and EC2 refuses."""
    message = f"Value ({value}) for parameter {parameter} is invalid. {because}"
    return AwsError("InvalidParameterValue", message, members=members)


def missing_parameter(name: str) -> AwsError:
    return AwsError("MissingParameter", f"The request must contain the parameter {name}")


def malformed_id(kind: str, prefix: str, name: str) -> AwsError:
    """Return the error for a malformed ID; `kind` is InvalidInstanceID or the like."""
    return AwsError(f"{kind}.Malformed", f'Invalid id: "{name}" (expecting "{prefix}-...")')


def no_such_instance(names: Sequence[str]) -> AwsError:
    """Return the error for unknown instances."""
    several = len(names) > 1
    shown = ", ".join(names)
    sentence = f"IDs '{shown}' do" if several else f"ID '{shown}' does"
    return AwsError("InvalidInstanceID.NotFound", f"The instance {sentence} not exist")


def dry_run() -> AwsError:
    message = "Request would have succeeded, but DryRun flag is set."
    return AwsError("DryRunOperation", message, 412)


def not_offered(what: str) -> AwsError:
    return AwsError("UnsupportedOperation", f"Rolecall's EC2 does not offer {what}.")


@words_denials("ec2")
def denied(caller: Caller, answer: Authorization) -> AwsError:
    message = (
        f"You are not authorized to perform this operation. {denial_sentence(caller, answer)}. "
        f"Encoded authorization failure message: {encoded_message(caller, answer)}"
    )
    return AwsError("UnauthorizedOperation", message, 403)
