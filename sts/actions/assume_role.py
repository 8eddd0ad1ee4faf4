"""sts:AssumeRole."""

from iam.actions.mfa_codes import SecondFactor, second_factor
from iam.authorization import ContextValue
from iam.callers import Caller, CallerKind
from iam.models import Role
from iam.perform import Call, Params, Resolution, Result, reads
from iam.wire.errors import AwsError
from sts.actions.role_sessions import RoleSession, on_session, open_session, prepare_session
from sts.actions.session_requests import session_lifetime


def _source_identity(caller: Caller, params: Params) -> str:
    """Return the new session's source identity; a chain of sessions keeps the first one."""
    asked: str = params.get("SourceIdentity", "")
    return caller.source_identity or asked


def _refuse_outright(caller: Caller, params: Params) -> None:
    """Refuse calls that no policy can allow."""
    if caller.kind is CallerKind.ROOT:
        message = "Roles may not be assumed by root accounts."
        raise AwsError("AccessDenied", message, 403, members=("RoleArn",))
    asked = params.get("SourceIdentity", "")
    if asked and caller.source_identity not in {"", asked}:
        message = (
            f"User: {caller.arn} is not authorized to perform: sts:SetSourceIdentity "
            f"on resource: {params['RoleArn']}"
        )
        raise AwsError("AccessDenied", message, 403)


def on_role_to_assume(
    call: Call, params: Params, factor: SecondFactor = second_factor
) -> Resolution:
    """Check the role's trust policy and the caller's own permissions together."""
    caller = call.caller
    _refuse_outright(caller, params)
    context: dict[str, ContextValue] = {}
    if "ExternalId" in params:
        context["sts:ExternalId"] = params["ExternalId"]
    if factor(call, params):
        context |= {"aws:MultiFactorAuthPresent": "true", "aws:MultiFactorAuthAge": "0"}
    source_identity = _source_identity(caller, params)
    return on_session("sts:AssumeRole", caller, params, source_identity, context)


def _mfa(caller: Caller) -> float | None:
    """Return when a console's second factor was given; None for AssumeRole by a program.

    As AWS documents: a trust policy can require MFA, policies of the role's calls cannot.
    """
    return caller.mfa_at.timestamp() if caller.console_sign_in and caller.mfa_at else None


def prepare_role(call: Call, params: Params, role: Role) -> RoleSession:
    """Return the session for a caller whom the role's trust policy allows."""
    caller = call.caller
    return prepare_session(
        caller,
        params,
        role,
        session_lifetime(caller, params, role.max_session_duration),
        _source_identity(caller, params),
        mfa=_mfa(caller),
        instance=caller.source_instance if caller.kind is CallerKind.SERVICE else "",
    )


@reads("sts:AssumeRole", on=on_role_to_assume, prepare=prepare_role, record_response=True)
def assume_role(call: Call, params: Params, session: RoleSession) -> Result:
    return open_session(call.caller, session)
