"""Console sign-ins: by password or, where the site allows it, by one click."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import NoReturn

from django.contrib.auth.hashers import check_password, make_password
from django.db.models import F

from iam.actions.mfa_codes import devices_of, spend
from iam.callers import Caller, CallerKind, Origin, Visit
from iam.catalogue.regions import HOME_REGION
from iam.models import Account, LoginProfile, Sandbox, User
from iam.models.hashers import TOY
from iam.trail import SIGN_IN, EventFields, record_now
from sts.credentials import Credentials, TokenKind, caller_of, issue, open_token
from sts.sign_in.accounts import FoundAccount, found_account, without_nul

Fence = Callable[[str], None]
"""Refuses, by raising, credentials that a principal (`you/dev`, `root:you`) has from the start."""
SIGN_IN_LIFETIME = timedelta(hours=12)
REFUSED = "Your authentication information is incorrect. Please try again."


class SignInRefused(ValueError):
    """The sign-in failed; AWS does not reveal which part was wrong."""

    def __init__(self) -> None:
        super().__init__(REFUSED)


@dataclass(frozen=True)
class CodeAwaited:
    """A sign-in that waits for an MFA code, after the right password or the click.

    `own_password` is as in the token that the sign-in leads to.
    """

    account_id: str
    principal_id: str
    name: str
    own_password: bool = False


SignIn = Credentials | CodeAwaited


def _no_fence(principal: str) -> None:
    del principal


def _credentials(
    sandbox: Sandbox,
    origin: Origin,
    account_id: str,
    principal: str,
    *,
    own_password: bool = False,
    mfa: bool = False,
) -> Credentials:
    now = sandbox.time_at(origin.received_at)
    return issue(
        TokenKind.CONSOLE,
        sandbox,
        now,
        lifetime=SIGN_IN_LIFETIME,
        account_id=account_id,
        principal_id=principal,
        mfa=now.timestamp() if mfa else None,
        own_password=own_password,
    )


def _caller(credentials: Credentials, origin: Origin) -> Caller:
    return caller_of(open_token(credentials.session_token), origin, Visit())


def _happened(name: str, error_message: str, additional: dict[str, str]) -> EventFields:
    return EventFields(
        source="signin.amazonaws.com",
        name=name,
        read_only=False,
        event_type=SIGN_IN,
        response={name: "Failure" if error_message else "Success"},
        additional=additional,
        error_message=error_message,
        region=HOME_REGION,
    )


def _record(caller: Caller, error_message: str = "", **mfa: str) -> None:
    additional = {"LoginTo": "/iam/", "MobileVersion": "No", "MFAUsed": "No", **mfa}
    record_now(caller, _happened("ConsoleLogin", error_message, additional))


def _refuse(caller: Caller, error_message: str, **mfa: str) -> NoReturn:
    """Record a failed sign-in, and raise SignInRefused."""
    _record(replace(caller, access_key_id="", issued_at=None), error_message, **mfa)
    raise SignInRefused


def _admit(found: FoundAccount, credentials: Credentials, origin: Origin, fence: Fence) -> SignIn:
    """Complete a sign-in, or ask for the MFA code, which is recorded as CheckMfa."""
    caller = _caller(credentials, origin)
    if caller.from_start:
        fence(caller.from_start)
    if devices_of(caller):
        anonymous = replace(caller, access_key_id="", issued_at=None)
        record_now(anonymous, _happened("CheckMfa", "", {"MfaType": "Virtual MFA"}))
        own = credentials.token.own_password
        return CodeAwaited(caller.account_id, caller.principal_id, caller.name, own)
    _note_password_used(found.sandbox, caller)
    _record(caller)
    return credentials


def _note_password_used(sandbox: Sandbox, caller: Caller) -> None:
    users = User.in_sandbox(sandbox).filter(pk=caller.user_pk)
    users.update(password_last_used=caller.now)


def sign_in_with_code(
    found: FoundAccount,
    awaited: CodeAwaited,
    code: str,
    origin: Origin,
    fence: Fence = _no_fence,
) -> Credentials:
    """Return the sign-in that waited for this code; the code is used up.

    Raises SignInRefused for a wrong code, AwsError if the user or the sandbox is gone.
    """
    credentials = _credentials(
        found.sandbox,
        origin,
        awaited.account_id,
        awaited.principal_id,
        own_password=awaited.own_password,
        mfa=True,
    )
    caller = _caller(credentials, origin)
    if caller.from_start:
        fence(caller.from_start)
    device = spend(devices_of(caller), code, origin.received_at)
    if device is None:
        _refuse(replace(caller, mfa_at=None), "Failed authentication", MFAUsed="Yes")
    _note_password_used(found.sandbox, caller)
    _record(caller, MFAUsed="Yes", MFAIdentifier=device.serial_number)
    return credentials


def _nobody(found: FoundAccount, origin: Origin) -> Caller:
    """Return the caller for the record of a sign-in with an unknown user name."""
    return Caller(
        kind=CallerKind.USER,
        sandbox=found.sandbox,
        account_id=found.account_id,
        arn="",
        principal_id="",
        name="HIDDEN_DUE_TO_SECURITY_REASONS",
        origin=origin,
        visit=Visit(),
    )


def sign_in_user(
    found: FoundAccount, name: str, password: str, origin: Origin, fence: Fence = _no_fence
) -> SignIn:
    """Return an IAM user's sign-in; the name is compared without case, as on AWS."""
    users = User.in_sandbox(found.sandbox).filter(account__account_id=found.account_id)
    user = users.filter(name__iexact=name.strip()).select_related("account").first()
    if user is None:
        make_password(password, hasher=TOY)
        _refuse(_nobody(found, origin), "No username found in supplied account")
    profile = LoginProfile.in_sandbox(found.sandbox).filter(user=user).first()
    own = profile is not None and not profile.from_start
    credentials = _credentials(
        found.sandbox, origin, found.account_id, user.unique_id, own_password=own
    )
    if profile is None or not check_password(password, profile.password):
        _refuse(_caller(credentials, origin), "Failed authentication")
    return _admit(found, credentials, origin, fence)


def sign_in_root(
    found: FoundAccount, password: str, origin: Origin, fence: Fence = _no_fence
) -> SignIn:
    """Return the sign-in of an account's root user."""
    accounts = Account.in_sandbox(found.sandbox).filter(account_id=found.account_id)
    kept = accounts.values_list("root_password", flat=True).first()
    credentials = _credentials(found.sandbox, origin, found.account_id, found.account_id)
    if not kept or not check_password(password, kept):
        _refuse(_caller(credentials, origin), "Failed authentication")
    return _admit(found, credentials, origin, fence)


def root_accounts(email: str) -> list[FoundAccount]:
    """Return the accounts of the directory whose root user has this email address."""
    rows = Account.unbound.filter(root_email__iexact=email.strip()).select_related("sandbox")
    listed = rows.filter(sandbox__directory__key=F("account_id"))
    return [found_account(account) for account in listed]


def enter(
    found: FoundAccount,
    user_name: str,
    origin: Origin,
    fence: Fence = _no_fence,
    *,
    ask_code: bool = True,
) -> SignIn:
    """Return a sign-in by the click on *Sign in as*; no name means root.

    An MFA code is still required, except for the site's managers.
    """
    principal, start_name = found.account_id, f"root:{found.start_name}"
    if user_name:
        users = User.in_sandbox(found.sandbox).filter(account__account_id=found.account_id)
        user = users.filter(name=without_nul(user_name)).first()
        if user is None:
            raise SignInRefused
        # Who was made since has no name of the start: a click stands for nothing else, though.
        start_name = user.start_name or f"{found.start_name}/{user.name}"
        principal = user.unique_id
    fence(start_name)
    credentials = _credentials(found.sandbox, origin, found.account_id, principal)
    if ask_code:
        return _admit(found, credentials, origin, fence)
    _record(_caller(credentials, origin))
    return credentials
