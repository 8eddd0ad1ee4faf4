"""The world as a search sees it: what changes make of a principal, and what it may then do."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property

from iam import catalogue
from iam.analysis.circumstances import PLAIN, Circumstances
from iam.analysis.escalation.steps import ADMINISTRATOR_ACCESS, ControlledPrincipal, EntityChange
from iam.analysis.role_access import named_in_trust, service_can_assume
from iam.analysis.world import World
from iam.analysis.world_principals import WorldPrincipal
from iam.arns import object_arn, policy_arn, role_arn, user_arn
from iam.authorization import AppliedPolicy, Authorization, PermissionCheck
from iam.authorization.policies_of_many import Key
from iam.callers import Memory
from iam.models import Group, PolicyVersion, Role, User

_UNKNOWN = "rolecall:AnythingAtAll"
_PROBES = (
    (_UNKNOWN, "*"),
    ("iam:CreateUser", user_arn("{}", "rolecall-probe")),
    ("iam:PutUserPolicy", user_arn("{}", "rolecall-probe")),
    ("iam:AttachRolePolicy", role_arn("{}", "rolecall-probe")),
    ("iam:CreatePolicyVersion", policy_arn("{}", "rolecall-probe")),
    ("iam:PassRole", role_arn("{}", "rolecall-probe")),
    ("sts:AssumeRole", role_arn("{}", "rolecall-probe")),
    ("s3:GetObject", object_arn("rolecall-probe", "key")),
    ("ec2:RunInstances", "*"),
    ("kms:Decrypt", "*"),
)
"""Who may do all of these on things that do not exist may do everything: only wildcards allow."""


@dataclass
class SearchState(Memory):
    """A world with the memory of one search."""

    world: World
    now: Circumstances = PLAIN
    _changed: dict[ControlledPrincipal, WorldPrincipal] = field(default_factory=dict)

    @cached_property
    def versions(self) -> Mapping[int, list[PolicyVersion]]:
        """Return the versions of each customer managed policy, by its primary key."""
        found: dict[int, list[PolicyVersion]] = defaultdict(list)
        for version in self.world.versions:
            found[version.policy_id].append(version)
        return found

    @cached_property
    def policy_arns(self) -> Mapping[int, str]:
        """Return the ARN of each customer managed policy, by its primary key."""
        return {pk: found[0].policy.arn for pk, found in self.versions.items()}

    @cached_property
    def groups(self) -> Mapping[int, Group]:
        """Return the groups by primary key."""
        return {group.pk: group for group in self.world.groups}

    @cached_property
    def entities(self) -> Mapping[Key, User | Role | Group]:
        """Return users, roles and groups by row."""
        rows: list[User | Role | Group] = [*self.world.users, *self.world.roles]
        rows += self.world.groups
        return {(one.arn_type, one.pk): one for one in rows}

    def someone(self, being: ControlledPrincipal) -> WorldPrincipal:
        """Return a principal with what applies to it after the changes."""
        if not being.changes:
            return self.world.people[being.key]
        if being not in self._changed:
            own = self._own_after(being)
            self._changed[being] = replace(self.world.people[being.key], own=own)
        return self._changed[being]

    def in_groups(self, being: ControlledPrincipal) -> set[int]:
        """Return the groups a user is in, those it was added to included."""
        if being.key[0] != "user":
            return set()
        joined = {c.holder[1] for c in being.changes if c.what == "open"}
        return joined | set(self.world.memberships.get(being.key[1], ()))

    def _own_after(self, being: ControlledPrincipal) -> tuple[AppliedPolicy, ...]:
        gathered = self.world.gathered[being.key]
        identity = list(gathered.identity)
        for change in being.changes:
            if change.what == "open":
                identity += self.world.gathered[change.holder].identity
        if any(change.what == "administrator" for change in being.changes):
            identity.append(_everything("AdministratorAccess", ADMINISTRATOR_ACCESS))
        boundary = gathered.boundary
        if boundary is None or any(change.what == "unbounded" for change in being.changes):
            limits = []
        else:
            limits = [boundary]
        texts = self._texts(being.changes)
        return tuple(
            replace(one, text=texts.get(one.arn, one.text)) if one.arn in texts else one
            for one in (*identity, *limits, *gathered.session)
        )

    def _texts(self, changes: Iterable[EntityChange]) -> dict[str, str]:
        texts = {}
        for change in changes:
            if change.what == "rewritten":
                texts[self.policy_arns[change.holder[1]]] = _everything_text()
            elif change.what == "version":
                versions = self.versions[change.holder[1]]
                found = next(one for one in versions if one.number == change.version)
                texts[self.policy_arns[change.holder[1]]] = found.document.text
        return texts

    def bears_on(self, change: EntityChange, being: ControlledPrincipal) -> bool:
        """Tell whether a change makes a difference to what a principal may do."""
        kind, pk = change.holder
        if change.what == "open":
            return kind == "group" and being.key[0] == "user" and self._may_join(pk, being)
        if kind == "group":
            return pk in self.in_groups(being)
        if kind == "policy":
            arn = self.policy_arns[pk]
            others = {c for c in being.changes if c.holder != change.holder}
            return len(others) == len(being.changes) and any(
                one.arn == arn for one in self.someone(being).own
            )
        return change.holder == being.key

    def _may_join(self, group_pk: int, being: ControlledPrincipal) -> bool:
        same_account = self.groups[group_pk].account_id == self.entities[being.key].account_id
        return same_account and group_pk not in self.in_groups(being)

    def names(self, role: Role, someone: WorldPrincipal) -> bool:
        """Tell whether a role's trust policy names a principal itself, or everybody."""
        named = self.remember(("named", role.pk), lambda: named_in_trust(role))
        return "*" in named or bool(named & someone.names)

    def trusts(self, role: Role, service: str) -> bool:
        """Tell whether a role lets a service in."""
        key = ("trusts", role.pk, service)
        return self.remember(key, lambda: service_can_assume(self.world, role, service))

    def may(
        self, being: ControlledPrincipal, checks: Iterable[PermissionCheck]
    ) -> list[Authorization]:
        """Return the answers if all checks are allowed, otherwise none."""
        answers = []
        someone = self.someone(being)
        for check in checks:
            answer = someone.ask(check, self.now)
            if not answer.allowed:
                return []
            answers.append(answer)
        return answers

    def is_administrator(self, being: ControlledPrincipal) -> bool:
        """Tell whether the engine allows a principal everything there is."""
        account_id = self.someone(being).account_id
        probes = (PermissionCheck(action, arn.format(account_id)) for action, arn in _PROBES)
        return bool(self.may(being, probes))


def _everything_text() -> str:
    policy = catalogue.managed_policy(ADMINISTRATOR_ACCESS)
    if policy is None:
        message = "the catalogue has no AdministratorAccess"
        raise LookupError(message)
    return policy.document


def _everything(name: str, arn: str) -> AppliedPolicy:
    return AppliedPolicy("PRINCIPAL", name, _everything_text(), "directly", arn)
