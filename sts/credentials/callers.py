"""From tokens to callers: the principal is loaded by its unique ID, or the token is refused."""

from functools import partial
from typing import Any

from django.db.models import QuerySet

from iam.callers import (
    Caller,
    Origin,
    Visit,
    federated_caller,
    role_session_caller,
    root_user_caller,
    user_caller,
)
from iam.catalogue.regions import is_opt_in
from iam.models import Account, Role, Sandbox, User
from iam.models.prepared_queries import Prepared
from sts.credentials.tokens import Token, TokenKind, expired_token, invalid_token

Principal = Role | User | Account


def _sandboxes(pk: int) -> QuerySet[Sandbox]:
    # The scenario is long, and calls do not need it.
    return Sandbox.objects.defer("scenario").filter(pk=pk).order_by()


def _accounts(sandbox: int, account_id: str) -> QuerySet[Account]:
    return Account.in_sandbox(Sandbox(pk=sandbox)).filter(account_id=account_id).order_by()


def _entities(model: type[Role | User], sandbox: int, unique_id: str) -> QuerySet[Role | User]:
    rows = model.in_sandbox(Sandbox(pk=sandbox)).select_related("account")
    return rows.filter(unique_id=unique_id).order_by()


_SANDBOXES, _ACCOUNTS = Prepared(_sandboxes), Prepared(_accounts)
_USERS, _ROLES = (Prepared(partial(_entities, model)) for model in (User, Role))


def _credentials(token: Token, principal: Principal) -> dict[str, Any]:
    return {
        "access_key_id": token.access_key_id,
        "session_policies": token.policies,
        "session_policy_arns": token.policy_arns,
        "session_tags": token.tags,
        "transitive_tag_keys": token.transitive,
        "source_identity": token.source_identity,
        "federated_provider": token.provider,
        "federation": {
            key: tuple(value) if isinstance(value, list) else value
            for key, value in token.federation.items()
        },
        "source_instance": token.instance,
        "issued_at": token.issued_at,
        "expires_at": token.expires_at,
        "mfa_at": token.mfa_at,
        "console_sign_in": token.kind is TokenKind.CONSOLE,
        "from_start": _from_start(token, principal),
    }


def _from_start(token: Token, principal: Principal) -> str:
    """Return whose sign-in this is if it came by what the sandbox's start brought, else nothing."""
    if token.kind is not TokenKind.CONSOLE or token.own_password or isinstance(principal, Role):
        return ""
    return principal.start_name if isinstance(principal, User) else principal.start_root


def caller_with(
    token: Token, principal: Principal, sandbox: Sandbox, origin: Origin, visit: Visit
) -> Caller:
    """Return the caller of a token, whose principal is loaded."""
    credentials = _credentials(token, principal)
    if isinstance(principal, Role):
        name = token.session_name
        return role_session_caller(principal, name, sandbox, origin, visit, **credentials)
    if isinstance(principal, User):
        caller = user_caller(principal, sandbox, origin, visit, **credentials)
    else:
        caller = root_user_caller(principal, sandbox, origin, visit, **credentials)
    federated = token.kind is TokenKind.FEDERATED
    return federated_caller(caller, token.session_name) if federated else caller


def _principal(token: Token, sandbox: Sandbox) -> Principal | None:
    """Return the role, user or account of a token; None if it is gone."""
    if token.kind is TokenKind.ROLE:
        return _ROLES.first(sandbox.pk, token.principal_id)
    if token.principal_id == token.account_id:
        return _ACCOUNTS.first(sandbox.pk, token.account_id)
    return _USERS.first(sandbox.pk, token.principal_id)


def caller_of(token: Token, origin: Origin, visit: Visit) -> Caller:
    """Return the caller of a token.

    Raises AwsError: InvalidClientTokenId if the sandbox was reset or is suspended, the
    principal is gone, or the Region does not accept the token; ExpiredToken if it has expired by
    the sandbox's clock.
    """
    sandbox = _SANDBOXES.first(token.sandbox)
    if sandbox is None or sandbox.generation != token.generation or sandbox.suspended:
        raise invalid_token()
    if token.version == 1 and is_opt_in(origin.region):
        raise invalid_token()
    if sandbox.time_at(origin.received_at) >= token.expires_at:
        raise expired_token()
    principal = _principal(token, sandbox)
    if principal is None:
        raise invalid_token()
    account = principal if isinstance(principal, Account) else principal.account
    account.sandbox = sandbox
    visit.remember(("account", account.account_id), lambda: account)
    return caller_with(token, principal, sandbox, origin, visit)
