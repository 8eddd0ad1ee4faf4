"""A sandbox, or some of its accounts, read once for any number of questions."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import cached_property, partial
from typing import Any

from django.db.models import QuerySet

from iam.analysis.world_principals import WorldPrincipal, principal_of_entity, root_principal
from iam.arns import SERVICE_LINKED_PATH
from iam.authorization import (
    CallerPolicies,
    gather_policies,
    gather_policies_each,
    groups_of,
    in_session,
)
from iam.authorization.policies_of_many import Key
from iam.callers import Caller, CallerKind, Origin, Visit, service_caller
from iam.models import (
    AccessKey,
    Account,
    Group,
    LoginProfile,
    PolicyVersion,
    Role,
    Sandbox,
    User,
)
from iam.models.prepared_queries import Prepared
from iam.perform import perform_listing
from iam.wire.errors import AwsError

_MOST_WORK = 100_000_000
"""A second: a map of a thousand principals takes less than half of it."""
_RIGHT_TO_SEE_ALL = "iam:GetAccountAuthorizationDetails"
_AS_READ = ("accounts", "users", "groups", "memberships")


def _all_of(model: Any, sandbox: int) -> QuerySet[Any]:
    rows: QuerySet[Any] = model.in_sandbox(Sandbox(pk=sandbox))
    return rows.select_related("trust") if model is Role else rows


_ALL: dict[Any, Prepared[Any]] = {
    model: Prepared(partial(_all_of, model)) for model in (Account, Group, Role, User)
}


def _keys(sandbox: int) -> QuerySet[AccessKey]:
    rows: QuerySet[AccessKey] = AccessKey.in_sandbox(Sandbox(pk=sandbox))
    return rows.exclude(user=None).only("user_id").order_by()


def _passwords(sandbox: int) -> QuerySet[LoginProfile]:
    rows: QuerySet[LoginProfile] = LoginProfile.in_sandbox(Sandbox(pk=sandbox))
    return rows.only("user_id").order_by()


_KEYS, _PASSWORDS = Prepared(_keys), Prepared(_passwords)


@dataclass
class World:
    """The principals of a sandbox, or of the accounts that are named, with their policies.

    `origin` is where the questions' calls would come from, and when.
    """

    sandbox: Sandbox
    origin: Origin
    account_ids: Collection[str] | None = None

    def supposing(
        self,
        *,
        gathered: Mapping[Key, CallerPolicies] | None = None,
        roles: Sequence[Role] | None = None,
        origin: Origin | None = None,
    ) -> "World":
        """Return the world as it would be with other policies or roles; it reads nothing anew."""
        world = World(self.sandbox, origin or self.origin, self.account_ids)
        known = {name: getattr(self, name) for name in _AS_READ}
        other = {
            "gathered": dict(self.gathered if gathered is None else gathered),
            "roles": list(self.roles if roles is None else roles),
        }
        vars(world).update(known, **other)
        memory = world.visit.memory
        memory.update({("account", one.account_id): one for one in world.accounts})
        memory.update({("role", role.arn): role for role in world.roles})
        return world

    @cached_property
    def visit(self) -> Visit:
        """Return what the calls that are asked about share: accounts and roles, once read."""
        return Visit(most_work=_MOST_WORK)

    def _rows(self, model: Any) -> list[Any]:
        """Return the entities of a model, each with the account that this world has of it."""
        if self.account_ids is None:
            rows = _ALL[model].rows(self.sandbox.pk)
        else:
            pks = [account.pk for account in self.accounts]
            rows = list(_all_of(model, self.sandbox.pk).filter(account__in=pks))
        accounts = {account.pk: account for account in self.accounts}
        for row in rows:
            row.account = accounts[row.account_id]
        return rows

    @cached_property
    def accounts(self) -> list[Account]:
        if self.account_ids is None:
            found = _ALL[Account].rows(self.sandbox.pk)
        else:
            rows = Account.in_sandbox(self.sandbox)
            found = list(rows.filter(account_id__in=list(self.account_ids)))
        for account in found:
            account.sandbox = self.sandbox
            self.visit.memory["account", account.account_id] = account
        return found

    @cached_property
    def users(self) -> list[User]:
        return self._rows(User)

    @cached_property
    def all_roles(self) -> list[Role]:
        """Return the roles with their trust policies, by name, also those of services."""
        found: list[Role] = self._rows(Role)
        self.visit.memory.update({("role", role.arn): role for role in found})
        return found

    @cached_property
    def roles(self) -> list[Role]:
        """Return the roles that questions are about: all but those that are linked to a service.

        Nobody can act as such a role or change it.
        """
        return [role for role in self.all_roles if not role.path.startswith(SERVICE_LINKED_PATH)]

    @cached_property
    def groups(self) -> list[Group]:
        return self._rows(Group)

    @cached_property
    def gathered(self) -> Mapping[Key, CallerPolicies]:
        entities: list[User | Role | Group] = [*self.users, *self.roles, *self.groups]
        return gather_policies_each(self.sandbox, entities, everybody=self.account_ids is None)

    @cached_property
    def memberships(self) -> Mapping[int, tuple[int, ...]]:
        """Return the groups of each user, both by primary key."""
        return groups_of(self.sandbox, self.users, everybody=self.account_ids is None)

    @cached_property
    def people(self) -> dict[Key, WorldPrincipal]:
        """Return users and roles as principals, by row."""
        found = {}
        entities: list[User | Role] = [*self.users, *self.roles]
        for entity in entities:
            key = (entity.arn_type, entity.pk)
            gathered = self.gathered[key]
            found[key] = principal_of_entity(
                self.sandbox, entity, self.origin, gathered, self.visit
            )
        return found

    @cached_property
    def everyone(self) -> list[WorldPrincipal]:
        """Return every principal: the root users, then users, then roles."""
        roots = [
            root_principal(self.sandbox, account, self.origin, self.visit)
            for account in self.accounts
        ]
        return [*roots, *self.people.values()]

    def role(self, arn: str) -> Role | None:
        """Return a role by its ARN, also a service's own."""
        return next((one for one in self.all_roles if one.arn == arn), None)

    def someone(self, arn: str) -> WorldPrincipal | None:
        """Return a principal by its ARN, also a service's own role."""
        found = next((one for one in self.everyone if one.arn == arn), None)
        role = None if found else self.role(arn)
        if role is None:
            return found
        gathered = self.policies_of(role)
        return principal_of_entity(self.sandbox, role, self.origin, gathered, self.visit)

    def policies_of(self, entity: User | Role | Group) -> CallerPolicies:
        """Return what applies to an entity, also to a service's own role."""
        key = (entity.arn_type, entity.pk)
        found = self.gathered.get(key)
        return found or gather_policies_each(self.sandbox, [entity])[key]

    def session(self, caller: Caller) -> WorldPrincipal:
        """Return a session of one of this world's principals, with what applies to it.

        Without a query, unless its session policies are customer managed ones.
        """
        if caller.role is None and caller.user_pk is None:
            of = next(one for one in self.everyone if one.account_id == caller.account_id)
            own = gather_policies(caller).all()
        else:
            key = ("user", caller.user_pk or 0)
            key = key if caller.role is None else ("role", caller.role.pk)
            of, own = self.people[key], in_session(self.gathered[key], caller).all()
        if caller.kind is not CallerKind.FEDERATED:
            return replace(of, caller=caller, own=own)
        return WorldPrincipal(
            kind="federated user",
            name=caller.name,
            arn=caller.arn,
            account_id=caller.account_id,
            unique_id=caller.principal_id,
            caller=caller,
            own=own,
            key=of.key,
        )

    def service(self, service: str, account_id: str = "", source_arn: str = "") -> WorldPrincipal:
        """Return an AWS service that acts for a resource of an account, which it names if given."""
        source = {"aws:SourceAccount": account_id, "aws:SourceArn": source_arn}
        origin = replace(self.origin, supposed={k: v for k, v in source.items() if v})
        caller = service_caller(service, self.sandbox, account_id, origin, self.visit)
        return WorldPrincipal("service", service, service, account_id, service, caller)

    @cached_property
    def versions(self) -> list[PolicyVersion]:
        """Return all versions of the customer managed policies with their texts."""
        rows = PolicyVersion.in_sandbox(self.sandbox)
        if self.account_ids is not None:
            rows = rows.filter(policy__account__account_id__in=list(self.account_ids))
        return list(rows.select_related("policy__account", "document"))

    @cached_property
    def key_counts(self) -> Mapping[int, int]:
        """Return how many access keys each user has, by primary key."""
        return Counter(key.user_id for key in _KEYS.rows(self.sandbox.pk) if key.user_id)

    @cached_property
    def with_password(self) -> frozenset[int]:
        """Return the users who have a console password, by primary key."""
        return frozenset(one.user_id for one in _PASSWORDS.rows(self.sandbox.pk))


def seen_by(caller: Caller, *others: Caller) -> World:
    """Return the world of the caller's own account, with the accounts that the others may see.

    Raises AwsError, AccessDenied above all, unless the caller may see all its identities and
    policies: the right is performed, not only checked, so that the event history has it.
    """
    perform_listing(caller, _RIGHT_TO_SEE_ALL, {"MaxItems": 1})
    seen = {caller.account_id: None}
    for other in others:
        if other.account_id not in seen:
            with suppress(AwsError):
                perform_listing(other, _RIGHT_TO_SEE_ALL, {"MaxItems": 1})
                seen[other.account_id] = None
    return World(caller.sandbox, caller.origin, tuple(seen))
