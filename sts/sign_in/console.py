"""Console sign-ins: a password, or a click where the site allows it, for sealed credentials."""

from datetime import timedelta

from django.contrib.auth.hashers import check_password, make_password
from django.db.models import F

from iam.callers import Origin, Visit
from iam.models import Account, LoginProfile, Sandbox, User
from iam.models.hashers import TOY
from iam.trail import Happened, record_now
from sts.credentials import Credentials, TokenKind, caller_of, issue, open_token
from sts.sign_in.accounts import FoundAccount

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


def _record(credentials: Credentials, origin: Origin, *, success: bool) -> None:
    caller = caller_of(open_token(credentials.session_token), origin, Visit())
    happened = Happened(
        source="signin.amazonaws.com",
        name="ConsoleLogin",
        read_only=False,
        event_type="AwsConsoleSignIn",
        response={"ConsoleLogin": "Success" if success else "Failure"},
        additional={"LoginTo": "/iam/", "MobileVersion": "No", "MFAUsed": "No"},
        error_message="" if success else "Failed authentication",
        region="us-east-1",
    )
    record_now(caller, happened)


def _judge(credentials: Credentials, origin: Origin, *, right: bool) -> Credentials:
    _record(credentials, origin, success=right)
    if not right:
        raise SignInRefused
    return credentials


def sign_in_user(found: FoundAccount, name: str, password: str, origin: Origin) -> Credentials:
    """Return an IAM user's sign-in; the name is compared without case, as AWS does here."""
    users = User.in_sandbox(found.sandbox).filter(account__account_id=found.account_id)
    user = users.filter(name__iexact=name.strip()).select_related("account").first()
    profile = LoginProfile.in_sandbox(found.sandbox).filter(user=user).first() if user else None
    if user is None:
        make_password(password, hasher=TOY)
        raise SignInRefused
    right = profile is not None and check_password(password, profile.password)
    if right:
        now = found.sandbox.time_at(origin.received_at)
        users.filter(pk=user.pk).update(password_last_used=now)
    credentials = _credentials(found.sandbox, origin, found.account_id, user.unique_id)
    return _judge(credentials, origin, right=right)


def sign_in_root(account: Account, password: str, origin: Origin) -> Credentials:
    """Return the sign-in of an account's root user."""
    right = bool(account.root_password) and check_password(password, account.root_password)
    credentials = _credentials(account.sandbox, origin, account.account_id, account.account_id)
    return _judge(credentials, origin, right=right)


def root_accounts(email: str) -> list[Account]:
    """Return the accounts in the directory whose root user has this email address."""
    rows = Account.unbound.filter(root_email__iexact=email.strip()).select_related("sandbox")
    listed = rows.filter(sandbox__directory__key=F("account_id"))
    return list(listed)


def enter(sandbox: Sandbox, account_id: str, user_name: str, origin: Origin) -> Credentials:
    """Return a sign-in without a password, for a click on *Sign in as*; no name means root."""
    account = Account.in_sandbox(sandbox).filter(account_id=account_id).first()
    if account is None:
        raise SignInRefused
    principal = account_id
    if user_name:
        users = User.in_sandbox(sandbox).filter(account=account, name=user_name)
        user = users.first()
        if user is None:
            raise SignInRefused
        users.update(password_last_used=sandbox.time_at(origin.received_at))
        principal = user.unique_id
    credentials = _credentials(sandbox, origin, account_id, principal)
    return _judge(credentials, origin, right=True)
