"""The world as a search sees it: what changes make of a principal, and what it may then do."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import cached_property
from typing import TYPE_CHECKING

from iam.analysis.circumstances import PLAIN, Circumstances
from iam.analysis.escalation.asked_keys import (
    asks_about,
    circumstances_of,
    in_words,
    keys_of_tag,
)
from iam.analysis.escalation.changed_policies import everything_text, own_after, tags_after
from iam.analysis.escalation.name_changes import name_matters, renamed
from iam.analysis.escalation.resource_keys import check_after
from iam.analysis.escalation.search_budget import SearchBudget
from iam.analysis.escalation.steps import (
    ControlledPrincipal,
    EntityChange,
    reason_of,
)
from iam.analysis.escalation.tagged_resources import (
    TaggedResource,
    tagged_policy,
    tagged_resource,
)
from iam.analysis.escalation.workloads import Workload, workloads_of
from iam.analysis.role_access import service_can_assume
from iam.analysis.trust_principals import lets_in_aws, named_in_trust
from iam.analysis.world import World
from iam.analysis.world_principals import WorldPrincipal
from iam.authorization import Authorization, CallerPolicies, PermissionCheck
from iam.authorization.policies_of_many import Key
from iam.callers import Memory
from iam.engine.request import Keys
from iam.models import Group, PolicyVersion, Role, User

if TYPE_CHECKING:
    from iam.analysis.escalation.new_principals import NewPrincipal

_MOST_JOINED = 2
"""Groups joined by one user, and tags set: more add nothing that the documented ways need."""


@dataclass(frozen=True)
class Permission:
    """The engine's answers to all checks of a step, in the circumstances that allow them."""

    answers: tuple[Authorization, ...] = ()
    now: Circumstances = PLAIN

    @property
    def needs(self) -> str:
        return in_words(self.now)

    @property
    def reason(self) -> str:
        return reason_of(self.answers)


@dataclass
class SearchState(Memory):
    """A world with the memory of one search; without `now` it tries circumstances by itself.

    The goal is `about` an ARN; `further_texts` are other policies than principals' that decide it.
    Without a `budget` a search asks as much as it wants.
    """

    world: World
    now: Circumstances | None = None
    further_texts: tuple[str, ...] = ()
    about: str = ""
    budget: SearchBudget | None = None
    newcomers: dict[Key, "NewPrincipal"] = field(default_factory=dict)
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
        return {pk: found[0].policy.arn for pk, found in self.versions.items()}

    @cached_property
    def workloads(self) -> tuple[Workload, ...]:
        """Return what runs as a role."""
        return workloads_of(self.world)

    @cached_property
    def tagged_resources(self) -> Mapping[Key, TaggedResource]:
        """Return what may be tagged besides users and roles, by its row."""
        policies = (tagged_policy(versions[0].policy) for versions in self.versions.values())
        run = (one.resource for one in self.workloads)
        found = [*policies, *run, tagged_resource(self.world, self.about)]
        return {one.key: one for one in found if one is not None}

    @cached_property
    def groups(self) -> Mapping[int, Group]:
        return {group.pk: group for group in self.world.groups}

    @cached_property
    def group_names(self) -> Mapping[int, str]:
        return {group.pk: group.name for group in self.world.groups}

    @cached_property
    def entities(self) -> Mapping[Key, User | Role | Group]:
        """Return users, roles and groups by row."""
        rows: list[User | Role | Group] = [*self.world.users, *self.world.roles]
        rows += self.world.groups
        return {(one.arn_type, one.pk): one for one in rows}

    @cached_property
    def texts(self) -> tuple[str, ...]:
        """Return every policy that may decide something, each text once."""
        found = {one.text: None for held in self.world.gathered.values() for one in held.all()}
        found.update({role.trust.text: None for role in self.world.roles})
        found.update(dict.fromkeys(self.further_texts))
        return tuple(found)

    def entity(self, key: Key) -> User | Role | Group:
        """Return a row by its key; one that is new is not stored."""
        new = self.newcomers.get(key)
        return self.entities[key] if new is None else new.entity

    def thing(self, key: Key) -> User | Role | Group | TaggedResource:
        """Return what has tags, a name or a boundary by its key."""
        return self.tagged_resources[key] if key in self.tagged_resources else self.entity(key)

    def person(self, key: Key) -> WorldPrincipal:
        """Return a principal as it is at the start, or as it is when it is made."""
        new = self.newcomers.get(key)
        return self.world.people[key] if new is None else new.person

    def policies(self, key: Key) -> CallerPolicies:
        new = self.newcomers.get(key)
        return self.world.gathered[key] if new is None else new.policies

    def someone(self, being: ControlledPrincipal) -> WorldPrincipal:
        """Return a principal with what applies to it after the changes."""
        if not being.changes:
            return self.person(being.key)
        if being not in self._changed:
            before = renamed(self.person(being.key), being.changes)
            caller = replace(before.caller, tags=tags_after(before.caller.tags, being))
            groups, texts = self.in_groups(being), self._texts(being.changes)
            own = own_after(self.policies, self.group_names, being, groups, texts)
            self._changed[being] = replace(before, own=own, caller=caller)
        return self._changed[being]

    def keys_of(self, being: ControlledPrincipal) -> Keys:
        """Return the condition keys of a call by a principal, on nothing certain."""
        check = PermissionCheck("sts:GetCallerIdentity")
        return self.someone(being).ask(check).request.keys

    def in_groups(self, being: ControlledPrincipal) -> set[int]:
        """Return the groups a user is in, those it was added to included."""
        if being.key[0] != "user":
            return set()
        joined = {c.holder[1] for c in being.changes if c.what == "open"}
        left = {c.holder[1] for c in being.changes if c.what == "left"}
        return (joined | set(self.world.memberships.get(being.key[1], ()))) - left

    def _texts(self, changes: Iterable[EntityChange]) -> dict[str, str]:
        texts = {}
        for change in changes:
            if change.what == "rewritten":
                texts[self.policy_arns[change.holder[1]]] = everything_text()
            elif change.what == "version":
                versions = self.versions[change.holder[1]]
                found = next(one for one in versions if one.number == change.version)
                texts[self.policy_arns[change.holder[1]]] = found.document.text
        return texts

    def bears_on(self, change: EntityChange, being: ControlledPrincipal) -> bool:
        """Return whether a change makes a difference to what a principal may do."""
        kind, pk = change.holder
        if change.what in {"tagged", "renamed"}:
            bears = self._tag_bears_on if change.what == "tagged" else self._name_bears_on
            return bears(change, being)
        if change.what == "left":
            return change.whom == being.key and pk in self.in_groups(being)
        if change.what == "open":
            return kind == "group" and being.key[0] == "user" and self._may_join(pk, being)
        if kind == "group":
            return pk in self.in_groups(being)
        if kind == "policy":
            arn = self.policy_arns[pk]
            again = any(c.slot == change.slot for c in being.changes)
            return not again and any(one.arn == arn for one in self.someone(being).own)
        return change.holder == being.key

    def _name_bears_on(self, change: EntityChange, being: ControlledPrincipal) -> bool:
        """Return whether it is the principal's own name, or one that its policies are about."""
        texts = [one.text for one in self.someone(being).own]
        own = change.holder == being.key
        return own or name_matters(self.entity(change.holder), change, texts)

    def _tag_bears_on(self, change: EntityChange, being: ControlledPrincipal) -> bool:
        """Return whether policies ask for a tag of the principal itself, or of what it works on."""
        own = change.holder == being.key
        tagged = sum(1 for one in being.changes if one.what == "tagged")
        if tagged >= _MOST_JOINED:
            return False
        if own:
            return True
        keys = set(keys_of_tag(change.name))
        thing = self.thing(change.holder)
        whole = isinstance(thing, TaggedResource) and thing.whole
        if whole and any(one.holder == change.holder for one in being.changes):
            return False
        trust = isinstance(thing, Role) and asks_about(thing.trust.text, keys)
        of_goal = any(asks_about(text, keys) for text in self.further_texts)
        return trust or of_goal or self.someone(being).asks_about(keys)

    def _may_join(self, group_pk: int, being: ControlledPrincipal) -> bool:
        same_account = self.groups[group_pk].account_id == self.entity(being.key).account_id
        return same_account and group_pk not in self.in_groups(being)

    def names(self, role: Role, someone: WorldPrincipal) -> bool:
        """Return whether a role's trust policy names a principal itself, or everybody."""
        named = self.remember(("named", role.pk), lambda: named_in_trust(role))
        return "*" in named or bool(named & someone.names)

    def trusts(self, role: Role, service: str) -> bool:
        """Return whether a service gets into a role."""
        key = ("trusts", role.pk, service)
        return self.remember(key, lambda: service_can_assume(self.world, role, service))

    def spend(self) -> None:
        """Count a step of the search; raises SearchTooLong."""
        if self.budget is not None:
            self.budget.spend()

    def may(
        self,
        being: ControlledPrincipal,
        checks: Sequence[PermissionCheck],
        changes: Iterable[EntityChange] | None = None,
        after: datetime | None = None,
    ) -> Permission | None:
        """Return the answers if one call is allowed all checks, otherwise None.

        `changes` are those made so far, by default the principal's; the call is made `after`.
        """
        someone = self.someone(being)
        made = being.changes if changes is None else changes
        asked = [check_after(check, made, self.thing) for check in checks]
        for now in self._circumstances(being, asked, after):
            answers = []
            for check in asked:
                self.spend()
                answer = someone.ask(check, now)
                if not answer.allowed:
                    break
                answers.append(answer)
            else:
                return Permission(tuple(answers), now)
        return None

    def _circumstances(
        self, being: ControlledPrincipal, checks: Sequence[PermissionCheck], after: datetime | None
    ) -> Iterable[Circumstances]:
        if self.now is not None:
            return (self.now,)
        texts = {one.text: None for one in self.someone(being).own}
        texts.update({check.policy.text: None for check in checks if check.policy})
        started = self.world.sandbox.time_at(self.world.origin.received_at)
        mfa = self.may_have_mfa(being.key)
        return circumstances_of(texts, mfa=mfa, started=started, after=after)

    def may_have_mfa(self, key: Key) -> bool:
        """Return whether somebody can be there who signed in with MFA."""
        entity = self.entity(key)
        if isinstance(entity, Role):
            return key in self.newcomers or lets_in_aws(entity)
        return isinstance(entity, User)
