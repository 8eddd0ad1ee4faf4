"""How S3 words a denial."""

from iam.authorization import Authorization, in_one_organization
from iam.callers import Caller
from iam.engine import reason_sentence
from iam.perform import words_denials
from iam.wire.errors import AwsError


@words_denials("s3")
def denied(caller: Caller, answer: Authorization) -> AwsError:
    """Return the denial: the reason only within one account or organization, the ARN in quotes."""
    request = answer.request
    if not in_one_organization(caller, request.resource_account):
        return AwsError("AccessDenied", "Access Denied", 403)
    on = f' on resource: "{request.resource}"' if answer.check.names_resource else ""
    reason = reason_sentence(request, answer.decision)
    message = f"User: {caller.arn} is not authorized to perform: {request.action}{on} {reason}"
    return AwsError("AccessDenied", message, 403)
