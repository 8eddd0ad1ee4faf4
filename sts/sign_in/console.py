"""Console sign-ins: a password, or a click where the site allows it, for sealed credentials."""

from dataclasses import replace
from datetime import timedelta
from typing import NoReturn

from django.contrib.auth.hashers import check_password, make_password
from django.db.models import F

from iam.callers import Caller, CallerKind, Origin, Visit
from iam.models import Account, LoginProfile, Sandbox, User
from iam.models.hashers import TOY
from iam.trail import SIGN_IN, Happened, record_now
from sts.credentials import Credentials, TokenKind, caller_of, issue, open_token
from sts.sign_in.accounts import FoundAccount, found_account, without_nul

SIGN_IN_LIFETIME = timedelta(hours=12)
REFUSED = "Your authentication information is incorrect. Please try again."


class SignInRefused(ValueError):
    """The sign-in failed; AWS tells nobody which part was wrong."""

    def __init__(self) -> None:
        super().__init__(REFUSED)


def _credentials(sandbox: Sandbox, origin: Origin, account_id: str, principal: str) -> Credentials:
    return issue(
        TokenKind.CONSOLE,
        sandbox,
        sandbox.time_at(origin.received_at),
        lifetime=SIGN_IN_LIFETIME,
        account_id=account_id,
        principal_id=principal,
    )


def _caller(credentials: Credentials, origin: Origin) -> Caller:
    return caller_of(open_token(credentials.session_token), origin, Visit())


def _record(caller: Caller, error_message: str = "") -> None:
    outcome = "Failure" if error_message else "Success"
    happened = Happened(
        source="signin.amazonaws.com",
        name="ConsoleLogin",
        read_only=False,
        event_type=SIGN_IN,
        response={"ConsoleLogin": outcome},
        additional={"LoginTo": "/iam/", "MobileVersion": "No", "MFAUsed": "No"},
        error_message=error_message,
        region="us-east-1",
    )
    record_now(caller, happened)


def _refuse(caller: Caller, error_message: str) -> NoReturn:
    """Record a failed sign-in, whose credentials nobody got."""
    _record(replace(caller, access_key_id="", issued_at=None), error_message)
    raise SignInRefused


def _nobody(found: FoundAccount, origin: Origin) -> Caller:
    """Return the caller that stands in the record for a user name that does not exist."""
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


def sign_in_user(found: FoundAccount, name: str, password: str, origin: Origin) -> Credentials:
    """Return an IAM user's sign-in; the name is compared without case, as AWS does here."""
    users = User.in_sandbox(found.sandbox).filter(account__account_id=found.account_id)
    user = users.filter(name__iexact=name.strip()).select_related("account").first()
    if user is None:
        make_password(password, hasher=TOY)
        _refuse(_nobody(found, origin), "No username found in supplied account")
    profile = LoginProfile.in_sandbox(found.sandbox).filter(user=user).first()
    credentials = _credentials(found.sandbox, origin, found.account_id, user.unique_id)
    caller = _caller(credentials, origin)
    if profile is None or not check_password(password, profile.password):
        _refuse(caller, "Failed authentication")
    users.filter(pk=user.pk).update(password_last_used=caller.now)
    _record(caller)
    return credentials


def sign_in_root(found: FoundAccount, password: str, origin: Origin) -> Credentials:
    """Return the sign-in of an account's root user."""
    accounts = Account.in_sandbox(found.sandbox).filter(account_id=found.account_id)
    kept = accounts.values_list("root_password", flat=True).first()
    credentials = _credentials(found.sandbox, origin, found.account_id, found.account_id)
    caller = _caller(credentials, origin)
    if not kept or not check_password(password, kept):
        _refuse(caller, "Failed authentication")
    _record(caller)
    return credentials


def root_accounts(email: str) -> list[FoundAccount]:
    """Return the accounts in the directory whose root user has this email address."""
    rows = Account.unbound.filter(root_email__iexact=email.strip()).select_related("sandbox")
    listed = rows.filter(sandbox__directory__key=F("account_id"))
    return [found_account(account) for account in listed]


def enter(sandbox: Sandbox, account_id: str, user_name: str, origin: Origin) -> Credentials:
    """Return a sign-in without a password, for a click on *Sign in as*; no name means root."""
    account = Account.in_sandbox(sandbox).filter(account_id=account_id).first()
    if account is None:
        raise SignInRefused
    principal = account_id
    if user_name:
        users = User.in_sandbox(sandbox).filter(account=account, name=without_nul(user_name))
        user = users.first()
        if user is None:
            raise SignInRefused
        users.update(password_last_used=sandbox.time_at(origin.received_at))
        principal = user.unique_id
    credentials = _credentials(sandbox, origin, account_id, principal)
    _record(_caller(credentials, origin))
    return credentials
