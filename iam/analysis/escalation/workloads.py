"""What runs as a role, and what it takes to be on it: a service registers how its own are found."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from iam.analysis.escalation.tagged_resources import TaggedResource
from iam.analysis.world import World
from iam.authorization import PermissionCheck


@dataclass(frozen=True)
class Workload:
    """Something that acts as a role, by its row, which its service gives it while trusted.

    Whoever is allowed the checks in its account gets hold of its credentials. `resource` is how
    it is tagged.
    """

    called: str
    account_id: str
    role_pk: int
    principal: str
    checks: tuple[PermissionCheck, ...]
    source: str
    resource: TaggedResource | None = None


Finder = Callable[[World], Iterable[Workload]]
_finders: list[Finder] = []


def runs_as_roles(finder: Finder) -> Finder:
    """Register how a service finds what it runs as roles."""
    _finders.append(finder)
    return finder


def workloads_of(world: World) -> tuple[Workload, ...]:
    """Return what runs as a role in a world."""
    return tuple(one for finder in _finders for one in finder(world))
