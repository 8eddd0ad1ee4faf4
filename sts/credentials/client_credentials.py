"""The credentials of a client: an access key, with or without a session token."""

import re
from datetime import timedelta

from django.db.models import QuerySet

from iam.arns import is_account_id
from iam.callers import Caller, CallerKind, Origin, Visit, root_user_caller, user_caller
from iam.models import AccessKey, Directory, Sandbox
from iam.models.prepared_queries import Prepared
from iam.models.seals import unseal
from sts.credentials.callers import caller_of
from sts.credentials.tokens import Token, invalid_token, open_token

Presented = AccessKey | Token
_NOTED_EVERY = timedelta(minutes=1)
_KEY_ID = re.compile(r"[A-Z0-9]{16,128}", re.ASCII)


def _keys(access_key_id: str) -> QuerySet[AccessKey]:
    rows: QuerySet[AccessKey] = AccessKey.unbound.filter(
        access_key_id=access_key_id,
        sandbox__directory__key=access_key_id,
        sandbox__suspended=False,
        active=True,
    )
    joined = rows.select_related("sandbox", "account", "user").defer("sandbox__scenario")
    return joined.order_by()[:1]


_KEYS = Prepared(_keys)


def presented(access_key_id: str, session_token: str) -> tuple[str, Presented] | None:
    """Return the secret of an access key, and its token or row.

    None for an unknown or inactive key. Raises InvalidClientTokenId for a session token
    that was not sealed here, or belongs to another key.
    """
    if not session_token:
        return _long_term(access_key_id)
    token = open_token(session_token)
    if token.access_key_id != access_key_id:
        raise invalid_token()
    return token.secret_access_key, token


def _long_term(access_key_id: str) -> tuple[str, AccessKey] | None:
    """Look up a long-term key, with user and account, in the sandbox that the directory names."""
    if not _KEY_ID.fullmatch(access_key_id):
        return None
    key = _KEYS.first(access_key_id)
    return (unseal("access-key", key.sealed_secret).decode(), key) if key else None


def caller_from(held: Presented, origin: Origin, visit: Visit) -> Caller:
    """Return the caller of presented credentials; raises AwsError as `caller_of` does."""
    if isinstance(held, Token):
        return caller_of(held, origin, visit)
    account, user = held.account, held.user
    visit.remember(("account", account.account_id), lambda: account)
    account.sandbox = held.sandbox
    if user is not None:
        user.account = account
        visit.remember(("boundary", user.unique_id), lambda: user.boundary_arn)
    key = {"access_key_id": held.access_key_id}
    if user is not None:
        key["from_start"] = user.start_name if held.from_start else ""
        return user_caller(user, held.sandbox, origin, visit, **key)
    key["from_start"] = account.start_root if held.from_start else ""
    return root_user_caller(account, held.sandbox, origin, visit, **key)


def note_use(held: Presented, caller: Caller, service: str) -> None:
    """Note when, where and for what a key was used, at most once a minute for the same use."""
    if isinstance(held, Token):
        return
    region, now = caller.origin.region, caller.now
    same = (held.last_used_service, held.last_used_region) == (service, region)
    if same and held.last_used_at and abs(now - held.last_used_at) < _NOTED_EVERY:
        return
    AccessKey.in_sandbox(held.sandbox).filter(pk=held.pk).update(
        last_used_at=now, last_used_service=service, last_used_region=region
    )


def unknown_caller(account_id: str, origin: Origin, visit: Visit) -> Caller | None:
    """Return an unknown caller that asks for a role of an account; None for an unknown account.

    The directory names the sandbox of an account ID, as it does for access keys.
    """
    if not is_account_id(account_id):
        return None
    entry = Directory.objects.filter(key=account_id).select_related("sandbox").first()
    if entry is None or entry.sandbox.suspended:
        return None
    return nobody_in(entry.sandbox, account_id, origin, visit)


def nobody_in(sandbox: Sandbox, account_id: str, origin: Origin, visit: Visit) -> Caller:
    """Return an unknown caller that asks for a role of an account."""
    return Caller(
        kind=CallerKind.UNKNOWN,
        sandbox=sandbox,
        account_id=account_id,
        arn="",
        principal_id="",
        name="",
        origin=origin,
        visit=visit,
    )
