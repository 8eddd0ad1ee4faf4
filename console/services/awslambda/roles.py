"""The role of a function: passed to Lambda by the caller, assumed by Lambda for the function."""

from collections.abc import Iterator
from datetime import datetime

from console.services.awslambda.errors import CANNOT_ASSUME, invalid_value
from console.services.awslambda.models import LambdaFunction
from iam.arns import parse_iam_arn
from iam.callers import Caller, Origin, Visit, service_caller
from iam.models import Role, Sandbox
from iam.perform import Call, PermissionCheck, rehearse
from iam.wire.errors import AwsError
from sts.analysis import SessionRequest

SERVICE = "lambda.amazonaws.com"
_SECONDS = 3600


def passing(role_arn: str, function_arn: str) -> Iterator[PermissionCheck]:
    """Yield the check for passing a role."""
    if parse_iam_arn(role_arn, "role") is not None:
        context = {"iam:PassedToService": SERVICE, "iam:AssociatedResourceArn": function_arn}
        yield PermissionCheck("iam:PassRole", role_arn, context=context)


def refuse_foreign(call: Call, role_arn: str) -> AwsError | None:
    """Return the error for a role of another account."""
    named = parse_iam_arn(role_arn, "role")
    if named is None or named.account == call.caller.account_id:
        return None
    message = "Cross-account pass role is not allowed."
    return AwsError("AccessDeniedException", message, 403, ("Role",))


def role_of(sandbox: Sandbox, role_arn: str) -> Role | None:
    """Return the role of an ARN, with its account."""
    named = parse_iam_arn(role_arn, "role")
    if named is None:
        return None
    rows = Role.in_sandbox(sandbox).select_related("account", "trust")
    found: Role | None = rows.filter(account__account_id=named.account, name=named.name).first()
    return found if found is not None and found.arn == role_arn else None


def service_for(function: LambdaFunction, received_at: datetime, visit: Visit) -> Caller:
    """Return Lambda as the caller that assumes a function's role, for which function it says."""
    account_id = function.account.account_id
    origin = Origin(
        received_at,
        SERVICE,
        SERVICE,
        region=function.region,
        recorded_as=SERVICE,
        supposed={"aws:SourceAccount": account_id, "aws:SourceArn": function.arn},
    )
    return service_caller(SERVICE, function.sandbox, account_id, origin, visit)


def session_request(name: str) -> SessionRequest:
    """Return the request for a function's session, whose name has two characters at least."""
    return SessionRequest(session_name=name.ljust(2, "_"), duration=_SECONDS)


def can_assume_role(function: LambdaFunction, received_at: datetime) -> bool:
    """Return whether the role's trust policy lets Lambda in for a function."""
    caller = service_for(function, received_at, Visit())
    asked = session_request(function.name).params(function.role_arn)
    return rehearse(caller, "sts:AssumeRole", asked).allowed


def refuse_unassumable(call: Call, function: LambdaFunction) -> None:
    """Raise AwsError if the role's trust policy does not let Lambda in for this function."""
    if not can_assume_role(function, call.caller.origin.received_at):
        raise invalid_value(CANNOT_ASSUME, "Role")
