"""Switching roles in the console: AssumeRole with the sign-in's credentials, and its events."""

from dataclasses import replace

from iam.arns import role_arn
from iam.callers import Caller
from iam.perform import perform
from iam.trail import SIGN_IN, EventFields, record_now
from iam.wire.errors import AwsError
from sts.credentials import caller_of, open_token
from sts.sign_in.accounts import account_id_in

_BY_AWS = "AWS Internal"
_SHORTEST_SESSION_NAME = 2


class NoSuchAccount(LookupError):
    """The account on the switch-role form is not in this sandbox."""


def _happened(name: str, outcome: str, additional: dict[str, str]) -> EventFields:
    return EventFields(
        source="signin.amazonaws.com",
        name=name,
        read_only=False,
        event_type=SIGN_IN,
        response={name: outcome},
        additional={**additional, "RedirectTo": "/iam/"},
    )


def _by_aws(caller: Caller) -> Caller:
    return replace(caller, origin=replace(caller.origin, recorded_as=_BY_AWS))


def switch_role(user: Caller, account: str, role_name: str) -> str:
    """Return the session token of the role, assumed as the signed-in identity.

    `account` is an ID or alias, `role_name` may carry a path. Raises NoSuchAccount, or the
    AwsError of AssumeRole; both are recorded as failed switches.
    """
    account_id = account_id_in(user.sandbox, account)
    if account_id is None:
        record_now(user, _happened("SwitchRole", "Failure", {"SwitchTo": role_name}))
        raise NoSuchAccount(account)
    arn = role_arn(account_id, role_name)
    # A user name may have one character, a session name at least two.
    request = {"RoleArn": arn, "RoleSessionName": user.name.ljust(_SHORTEST_SESSION_NAME, "-")}
    try:
        result = perform(_by_aws(user), "sts:AssumeRole", request)
    except AwsError:
        record_now(user, _happened("SwitchRole", "Failure", {"SwitchTo": arn}))
        raise
    token: str = result["Credentials"]["SessionToken"]
    session = caller_of(open_token(token), user.origin, user.visit)
    record_now(session, _happened("SwitchRole", "Success", {"SwitchFrom": user.arn}))
    if session.account_id != user.account_id:
        record_now(user, _happened("SwitchRole", "Success", {"SwitchTo": session.arn}))
    return token


def exit_role(user: Caller, session: Caller) -> None:
    """Record the switch back from a role session to the signed-in identity."""
    record_now(session, _happened("ExitRole", "Success", {"SwitchTo": user.arn}))
    if session.account_id != user.account_id:
        record_now(user, _happened("ExitRole", "Success", {"SwitchFrom": session.arn}))
