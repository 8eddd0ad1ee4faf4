"""Hypothetical sessions: who a principal would be with credentials of STS.

The code that issues real credentials decides about them.
"""

from dataclasses import dataclass
from functools import partial

from iam.actions.mfa_codes import supposed_factor
from iam.analysis import PLAIN, Circumstances, World, WorldPrincipal
from iam.models import Account, User
from iam.perform import Rehearsal
from iam.wire.errors import AwsError
from sts.actions.assume_role import on_role_to_assume
from sts.actions.role_sessions import RoleSession
from sts.actions.session_tokens import on_oneself
from sts.analysis.session_requests import SessionRequest
from sts.credentials import Token, caller_with
from sts.credentials.callers import Principal

PLAIN_REQUEST = SessionRequest()


@dataclass(frozen=True)
class HypotheticalSession:
    """A hypothetical session: its principal, or None if the rehearsed call was refused."""

    rehearsal: Rehearsal
    principal: WorldPrincipal | None = None

    @property
    def error(self) -> AwsError | None:
        return self.rehearsal.error


def _session(
    world: World, rehearsal: Rehearsal, token: Token, row: Principal
) -> HypotheticalSession:
    caller = caller_with(token, row, world.sandbox, world.origin, world.visit)
    return HypotheticalSession(rehearsal, world.session(caller))


def role_session_of(
    world: World, rehearsal: Rehearsal, session: RoleSession
) -> HypotheticalSession:
    return _session(world, rehearsal, session.credentials.token, session.role)


def suppose_role_session(
    world: World,
    someone: WorldPrincipal,
    role_arn: str,
    request: SessionRequest = PLAIN_REQUEST,
    now: Circumstances = PLAIN,
) -> HypotheticalSession:
    """Return the session that AssumeRole would give a principal; repeat it for a chain."""
    resolve = partial(on_role_to_assume, factor=supposed_factor) if request.mfa else None
    rehearsal = someone.rehearse("sts:AssumeRole", request.params(role_arn), now, resolve)
    if not rehearsal.allowed:
        return HypotheticalSession(rehearsal)
    return role_session_of(world, rehearsal, rehearsal.subject)


def _row(world: World, someone: WorldPrincipal) -> User | Account:
    """Return the user, or the account of a root user."""
    pk, account_id = someone.caller.user_pk, someone.account_id
    if pk is not None:
        return next(one for one in world.users if one.pk == pk)
    return next(one for one in world.accounts if one.account_id == account_id)


def suppose_session_token(
    world: World,
    someone: WorldPrincipal,
    request: SessionRequest = PLAIN_REQUEST,
    now: Circumstances = PLAIN,
) -> HypotheticalSession:
    """Return the principal with GetSessionToken's credentials; the request has duration and MFA."""
    resolve = partial(on_oneself, factor=supposed_factor) if request.mfa else None
    params = {"DurationSeconds": request.duration} if request.duration else {}
    rehearsal = someone.rehearse("sts:GetSessionToken", params, now, resolve)
    if not rehearsal.allowed:
        return HypotheticalSession(rehearsal)
    return _session(world, rehearsal, rehearsal.subject.token, _row(world, someone))


def suppose_federated_user(
    world: World,
    someone: WorldPrincipal,
    name: str,
    request: SessionRequest = PLAIN_REQUEST,
    now: Circumstances = PLAIN,
) -> HypotheticalSession:
    """Return the federated user of GetFederationToken, by policies, tags and duration."""
    params = {"Name": name, **request.limits(), **request.tag_list()}
    rehearsal = someone.rehearse("sts:GetFederationToken", params, now)
    if not rehearsal.allowed:
        return HypotheticalSession(rehearsal)
    credentials, _ = rehearsal.subject
    return _session(world, rehearsal, credentials.token, _row(world, someone))
