"""One student's world as its lab's checks see it."""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from functools import cached_property
from typing import Any

from console.labs.checks.happenings import Happening
from console.labs.files import LabFile
from console.labs.files.names import NAME_IN_BRACES
from console.services.s3.models import Bucket
from iam.analysis import (
    Access,
    Probe,
    SearchBudget,
    World,
    WorldPrincipal,
    access_of,
    check_on,
    plain_origin,
    probes_of,
)
from iam.arns import bucket_arn, iam_arn, name_in
from iam.authorization import AppliedPolicy, PermissionCheck
from iam.callers import Caller, Origin
from iam.models import Sandbox
from iam.policy_documents import pattern_matches

Binding = Mapping[str, str]
"""What `let` binds: ARNs by name."""


def part_of(value: Any, path: str) -> Any:
    """Return what a path such as `.User.Arn` or `.Users.0.Arn` leads to."""
    for step in filter(None, path.split(".")):
        value = value[int(step)] if isinstance(value, list) else value[step]
    return value


@dataclass(frozen=True)
class Start:
    """What checks remember of the world at its start: who was there, and who reached what.

    `saved` is what the lab's history saved, as `keep_results` keeps it; `buckets` are the names of
    those that there were; `policies` are everybody's own permissions and boundary, by ARN.
    """

    unique_ids: frozenset[str]
    access: Mapping[str, Access]
    saved: Mapping[str, Any] = field(default_factory=dict)
    buckets: frozenset[str] = frozenset()
    policies: Mapping[str, tuple[AppliedPolicy, ...]] = field(default_factory=dict)


@dataclass
class Case:
    """A lab, a student's world, and what the student answered.

    `values` are the variables and the account IDs by name; `answers` what was answered to
    questions, by (task, question). `later` is how long from now the checks ask. `saved` are the
    results that steps saved, by name. `without_policy` are resources whose policy is not counted.
    `happenings` are what the site saw just now, `latched` the checks of events that passed before:
    `task.check`. Searches of checks share the `budget`: without one they go to their end.
    """

    lab: LabFile
    sandbox: Sandbox
    values: Mapping[str, str]
    start: Start
    answers: Mapping[tuple[str, str], Any] = field(default_factory=dict)
    later: timedelta = timedelta()
    saved: Mapping[str, Any] = field(default_factory=dict)
    without_policy: frozenset[str] = frozenset()
    happenings: Sequence[Happening] = ()
    latched: frozenset[str] = frozenset()
    budget: SearchBudget | None = None

    @cached_property
    def origin(self) -> Origin:
        return plain_origin(datetime.now(UTC) + self.later)

    @cached_property
    def world(self) -> World:
        return World(self.sandbox, self.origin)

    @cached_property
    def access(self) -> Mapping[str, Access]:
        """Who reaches what, through any roles."""
        return access_of(self.world, self._probes)

    @cached_property
    def _probes(self) -> tuple[Probe, ...]:
        return _probes(self.world, self.start.buckets)

    def is_probed(self, action: str, pattern: str) -> bool:
        """Return whether everybody is asked about an action on a resource of a pattern anyway."""
        return any(one == action and pattern_matches(pattern, on) for one, on in self._probes)

    @cached_property
    def new_roles(self) -> frozenset[str]:
        """The ARNs of the roles that were not there at the start."""
        known = self.start.unique_ids
        return frozenset(role.arn for role in self.world.roles if role.unique_id not in known)

    def check_on(self, action: str, resource: str, caller: Caller) -> PermissionCheck:
        """Return the check of an action on a resource, with its policy unless that is left out."""
        check = check_on(self.world, action, resource)(caller)
        bucket = resource.partition("/")[0]
        if self.without_policy & {resource, bucket}:
            return replace(check, policy=None)
        return check

    def fill(self, value: Any, binding: Binding) -> Any:
        """Return data with the names in braces replaced; `{x.name}` is the end of x's ARN."""
        if isinstance(value, str):
            return NAME_IN_BRACES.sub(lambda found: self._filled(found, binding), value)
        if isinstance(value, Mapping):
            return {self.fill(key, binding): self.fill(one, binding) for key, one in value.items()}
        if isinstance(value, list | tuple):
            return [self.fill(one, binding) for one in value]
        return value

    def _filled(self, found: re.Match[str], binding: Binding) -> str:
        values = {**self.values, **binding}
        if found[1] in self.saved and found[1] not in values:
            return str(part_of(self.saved[found[1]], found[2]))
        if found[1] not in values:
            return found[0]
        value = values[found[1]]
        return name_in(value) if found[2] == ".name" else value

    def account_id(self, name: str) -> str:
        """Return the ID of an account by its name in the lab."""
        return self.values.get(name, name)

    def arn(self, reference: str, kind: str = "user") -> str:
        """Return the ARN that `you/dev` means: of a user or role that there is, else of a kind.

        Of a user and a role with the same name it is the one of the kind. A service is its name.
        """
        if reference.startswith("arn:") or "/" not in reference:
            return reference
        account, _, name = reference.partition("/")
        account_id = self.account_id(account)
        of_name = {
            one.kind: one.arn
            for one in self.world.people.values()
            if (one.account_id, one.name) == (account_id, name)
        }
        other = next(iter(of_name.values()), "")
        return of_name.get(kind) or other or iam_arn(account_id, kind, name)

    def principal(self, reference: str) -> WorldPrincipal | None:
        """Return a user or role; None where there is none, or no longer."""
        return self.world.someone(self.arn(reference))


def of_the_caller(policies: Sequence[AppliedPolicy]) -> tuple[AppliedPolicy, ...]:
    """Return the policies of a principal itself: its permissions, and its boundary."""
    return tuple(one for one in policies if one.layer in OWN_LAYERS)


OWN_LAYERS = frozenset({"PRINCIPAL", "PERMISSIONS_BOUNDARY"})


def _probes(world: World, buckets: Collection[str]) -> tuple[Probe, ...]:
    """Return what everybody is asked about: never only what a lab's texts name."""
    return probes_of(world, map(bucket_arn, sorted(buckets)))


def start_of(sandbox: Sandbox) -> Start:
    """Return what the checks of a lab need to know of a world before anything is done in it."""
    world = World(sandbox, plain_origin(datetime.now(UTC)))
    entities = [*world.users, *world.roles, *world.groups]
    ids = {one.unique_id for one in entities}
    ids |= {version.policy.unique_id for version in world.versions}
    buckets = frozenset(Bucket.in_sandbox(sandbox).values_list("name", flat=True))
    access = access_of(world, _probes(world, buckets))
    policies = {one.arn: of_the_caller(one.own) for one in world.people.values()}
    return Start(frozenset(ids), access, buckets=buckets, policies=policies)
