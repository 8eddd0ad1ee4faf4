"""Tokens turned into callers: the principal is loaded by its unique ID, or the token refused."""

from dataclasses import replace
from typing import Any

from iam.arns import assumed_role_arn, federated_user_arn
from iam.callers import Caller, CallerKind, Origin, PrincipalBehind, Visit
from iam.catalogue.regions import is_opt_in
from iam.models import Account, Role, Sandbox, User
from sts.credentials.tokens import Token, TokenKind, expired_token, invalid_token


def _shared(token: Token, sandbox: Sandbox, origin: Origin, visit: Visit) -> dict[str, Any]:
    return {
        "sandbox": sandbox,
        "account_id": token.account_id,
        "origin": origin,
        "visit": visit,
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
    }


def _role_session(token: Token, shared: dict[str, Any]) -> Caller:
    roles = Role.in_sandbox(shared["sandbox"]).select_related("account")
    role = roles.filter(unique_id=token.principal_id).first()
    if role is None:
        raise invalid_token()
    name = token.session_name
    return Caller(
        kind=CallerKind.ROLE,
        arn=assumed_role_arn(token.account_id, role.name, name),
        principal_id=f"{role.unique_id}:{name}",
        name=name,
        role=PrincipalBehind(role.pk, role.name, role.arn, role.unique_id),
        tags=role.tags,
        **shared,
    )


def _root(token: Token, shared: dict[str, Any]) -> Caller:
    account = Account.in_sandbox(shared["sandbox"]).filter(account_id=token.account_id).first()
    if account is None:
        raise invalid_token()
    return Caller(
        kind=CallerKind.ROOT,
        arn=account.root_arn,
        principal_id=account.account_id,
        name="root",
        **shared,
    )


def _user(token: Token, shared: dict[str, Any]) -> Caller:
    users = User.in_sandbox(shared["sandbox"]).select_related("account")
    user = users.filter(unique_id=token.principal_id).first()
    if user is None:
        raise invalid_token()
    return Caller(
        kind=CallerKind.USER,
        arn=user.arn,
        principal_id=user.unique_id,
        name=user.name,
        user_pk=user.pk,
        tags=user.tags,
        **shared,
    )


def _federated(token: Token, caller: Caller) -> Caller:
    """Return the federated user whom a user, or the root user, made."""
    account_id, name = token.account_id, token.session_name
    behind = PrincipalBehind(caller.user_pk or 0, caller.name, caller.arn, caller.principal_id)
    return replace(
        caller,
        kind=CallerKind.FEDERATED,
        arn=federated_user_arn(account_id, name),
        principal_id=f"{account_id}:{name}",
        name=name,
        user_behind=behind if caller.user_pk else None,
    )


def caller_of(token: Token, origin: Origin, visit: Visit) -> Caller:
    """Return the caller a token stands for.

    Raises AwsError: InvalidClientTokenId where the sandbox was reset, the principal is gone, or the
    Region does not take the token,
    ExpiredToken where its time is up by the sandbox's clock.
    """
    # The scenario is long, and calls have no use for it.
    rows = Sandbox.objects.defer("scenario")
    sandbox = rows.filter(pk=token.sandbox, generation=token.generation).first()
    if sandbox is None:
        raise invalid_token()
    if token.version == 1 and is_opt_in(origin.region):
        raise invalid_token()
    if sandbox.time_at(origin.received_at) >= token.expires_at:
        raise expired_token()
    shared = _shared(token, sandbox, origin, visit)
    if token.kind is TokenKind.ROLE:
        return _role_session(token, shared)
    own = _root if token.principal_id == token.account_id else _user
    caller = own(token, shared)
    return _federated(token, caller) if token.kind is TokenKind.FEDERATED else caller
