"""A principal of a world as the caller it would be: a user, the root user, a session of a role."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from iam.analysis.circumstances import PLAIN, Circumstances
from iam.authorization import (
    AppliedPolicy,
    Authorization,
    CallerPolicies,
    PermissionCheck,
    authorize,
    authorize_with,
    gather_policies,
    layered_policies,
)
from iam.authorization.policies_of_many import Key
from iam.callers import (
    Caller,
    Origin,
    Visit,
    role_session_caller,
    root_user_caller,
    user_caller,
)
from iam.engine import LayeredPolicies, context_keys
from iam.models import Account, Role, Sandbox, User
from iam.perform import Rehearsal, rehearse
from iam.perform.registry import Resolver

SESSION_NAME = "rolecall-probe"
"""The name of the sessions that roles are asked about in."""


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
        sources = self.layers.identity
        return self.kind == "root" or any(one.policy.about(key) for one in sources)

    def asks_about(self, keys: Collection[str]) -> bool:
        """Return whether one of its policies asks about one of these keys (in lower case)."""
        return any(key.lower() in keys for one in self.own for key in context_keys(one.text))

    @cached_property
    def layers(self) -> LayeredPolicies:
        return layered_policies(self.own, trust=False)

    @cached_property
    def _callers(self) -> dict[Circumstances, Caller]:
        return {PLAIN: self.caller}

    def calling(self, now: Circumstances = PLAIN) -> Caller:
        """Return the caller that this principal is under circumstances."""
        if now is PLAIN:
            return self.caller
        if now not in self._callers:
            self._callers[now] = now.apply(self.caller)
        return self._callers[now]

    def ask(self, check: PermissionCheck, now: Circumstances = PLAIN) -> Authorization:
        return authorize_with(self.calling(now), check, self.own, self.layers)

    def rehearse(
        self,
        operation: str,
        params: Mapping[str, Any] | None = None,
        now: Circumstances = PLAIN,
        resolve: Resolver | None = None,
    ) -> Rehearsal:
        """Rehearse an operation, decided by the policies that this principal has here."""
        caller = self.calling(now)

        def decide(asking: Caller, check: PermissionCheck) -> Authorization:
            if asking is not caller:  # the request proves somebody else to be calling
                return authorize(asking, check)
            return authorize_with(caller, check, self.own, self.layers)

        return rehearse(caller, operation, params, decide=decide, resolve=resolve)


def principal_of_entity(
    sandbox: Sandbox, entity: User | Role, origin: Origin, gathered: CallerPolicies, visit: Visit
) -> WorldPrincipal:
    """Return a user, or a session of a role, with what applies to it."""
    own, issued_at = gathered.all(), sandbox.time_at(origin.received_at)
    caller = (
        role_session_caller(entity, SESSION_NAME, sandbox, origin, visit, issued_at=issued_at)
        if isinstance(entity, Role)
        else user_caller(entity, sandbox, origin, visit)
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
    caller = root_user_caller(account, sandbox, origin, visit)
    account_id = account.account_id
    own = gather_policies(caller).all()
    return WorldPrincipal("root", "root", account.root_arn, account_id, account_id, caller, own)
