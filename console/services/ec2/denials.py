"""How EC2 words a denial."""

from iam.authorization import Authorization, encoded_message, in_one_organization
from iam.callers import Caller
from iam.engine import denial_message
from iam.perform import words_denials
from iam.wire.errors import AwsError


@words_denials("ec2")
def denied(caller: Caller, answer: Authorization) -> AwsError:
    """Return the denial."""
    sentence = denial_message(
        answer.request,
        answer.decision,
        with_resource=answer.check.names_resource,
        with_context=in_one_organization(caller, answer.request.resource_account),
    )
    message = (
        f"You are not authorized to perform this operation. {sentence}. "
        f"Encoded authorization failure message: {encoded_message(caller, answer)}"
    )
    return AwsError("UnauthorizedOperation", message, 403)
