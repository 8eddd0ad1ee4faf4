"""A principal of a world as the caller it would be: a user, the root user, a session of a role."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property

from iam.authorization import (
    AppliedPolicy,
    Authorization,
    CallerPolicies,
    ContextValue,
    PermissionCheck,
    authorize_with,
    gather_policies,
    layered_policies,
)
from iam.authorization.policies_of_many import Key
from iam.callers import Caller, CallerKind, Origin, PrincipalBehind, Visit
from iam.engine import LayeredPolicies, context_keys
from iam.models import Account, Role, Sandbox, User

SESSION_NAME = "rolecall"
"""The name of the sessions that roles are asked about in."""


@dataclass(frozen=True)
class Circumstances:
    """What a question takes for granted of a call: how its caller signed in, what it sends along.

    Without MFA a user calls with a long-term access key, whose requests have no key of MFA at all.
    """

    mfa: bool = False
    context: Mapping[str, ContextValue] = field(default_factory=dict)


PLAIN = Circumstances()


@dataclass(frozen=True)
class WorldPrincipal:
    """A principal with the policies that apply to it; `key` is its row, none for root."""

    kind: str
    name: str
    arn: str
    account_id: str
    unique_id: str
    caller: Caller
    own: tuple[AppliedPolicy, ...] = ()
    key: Key | None = None
    path: str = "/"

    @property
    def called(self) -> str:
        """Return what a person calls it: `user ann`."""
        return "root user" if self.kind == "root" else f"{self.kind} {self.name}"

    @property
    def names(self) -> frozenset[str]:
        """Return what a Principal element can name it by, the account aside."""
        session = self.caller
        return frozenset({self.arn, session.arn, self.unique_id, session.principal_id})

    def speaks_of(self, action: str) -> bool:
        """Return whether one of its identity-based policies is about an action."""
        key = action.lower()
        sources = self._layers.identity
        return self.kind == "root" or any(one.policy.about(key) for one in sources)

    def asks_about(self, keys: Collection[str]) -> bool:
        """Tell whether one of its policies asks about one of these keys (in lower case)."""
        return any(key.lower() in keys for one in self.own for key in context_keys(one.text))

    @cached_property
    def _layers(self) -> LayeredPolicies:
        return layered_policies(self.own, trust=False)

    def ask(self, check: PermissionCheck, now: Circumstances = PLAIN) -> Authorization:
        """Ask the engine one check."""
        caller = self.caller if now is PLAIN else under(self.caller, now)
        if now.context:
            check = with_context(check, now.context)
        return authorize_with(caller, check, self.own, self._layers)


def with_context(check: PermissionCheck, context: Mapping[str, ContextValue]) -> PermissionCheck:
    """Return a check with more condition keys, which win."""
    return PermissionCheck(
        check.action,
        check.resource,
        check.account_id,
        check.policy,
        {**check.context, **context},
        check.names_resource,
    )


def under(caller: Caller, now: Circumstances) -> Caller:
    """Return the caller as it would be under circumstances: signed in with MFA a moment ago."""
    if not now.mfa:
        return caller
    fields = {name: getattr(caller, name) for name in Caller.__dataclass_fields__}
    return Caller(**{**fields, "issued_at": caller.now, "mfa_at": caller.now})


def principal_of_entity(
    sandbox: Sandbox, entity: User | Role, origin: Origin, gathered: CallerPolicies, visit: Visit
) -> WorldPrincipal:
    """Return a user, or a session of a role, with what applies to it."""
    own = gathered.all()
    caller = (
        _session(sandbox, entity, origin, visit)
        if isinstance(entity, Role)
        else _user(sandbox, entity, origin, visit)
    )
    return WorldPrincipal(
        kind=entity.arn_type,
        name=entity.name,
        arn=entity.arn,
        account_id=entity.account.account_id,
        unique_id=entity.unique_id,
        caller=caller,
        own=own,
        key=(entity.arn_type, entity.pk),
        path=entity.path,
    )


def root_principal(
    sandbox: Sandbox, account: Account, origin: Origin, visit: Visit
) -> WorldPrincipal:
    """Return the root user of an account."""
    caller = Caller(
        kind=CallerKind.ROOT,
        sandbox=sandbox,
        account_id=account.account_id,
        arn=account.root_arn,
        principal_id=account.account_id,
        name="root",
        origin=origin,
        visit=visit,
    )
    account_id = account.account_id
    own = gather_policies(caller).all()
    return WorldPrincipal("root", "root", account.root_arn, account_id, account_id, caller, own)


def _user(sandbox: Sandbox, user: User, origin: Origin, visit: Visit) -> Caller:
    return Caller(
        kind=CallerKind.USER,
        sandbox=sandbox,
        account_id=user.account.account_id,
        arn=user.arn,
        principal_id=user.unique_id,
        name=user.name,
        origin=origin,
        visit=visit,
        user_pk=user.pk,
        tags=user.tags,
    )


def _session(sandbox: Sandbox, role: Role, origin: Origin, visit: Visit) -> Caller:
    account_id = role.account.account_id
    issued_at: datetime = sandbox.time_at(origin.received_at)
    return Caller(
        kind=CallerKind.ROLE,
        sandbox=sandbox,
        account_id=account_id,
        arn=f"arn:aws:sts::{account_id}:assumed-role/{role.name}/{SESSION_NAME}",
        principal_id=f"{role.unique_id}:{SESSION_NAME}",
        name=SESSION_NAME,
        origin=origin,
        visit=visit,
        role=PrincipalBehind(role.pk, role.name, role.arn, role.unique_id),
        tags=role.tags,
        issued_at=issued_at,
    )
