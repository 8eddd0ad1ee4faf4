"""What would be different: who gains or loses entry into roles, and what they can do by it."""

from collections.abc import Iterable
from dataclasses import dataclass

from iam.analysis.access import Probe, access_of, entered_by_strangers, probes_of
from iam.analysis.role_access import who_can_assume
from iam.analysis.world import World

_MOST_PROBES = 400


@dataclass(frozen=True, order=True)
class RoleEntry:
    """Somebody gets into a role: who is an ARN, or a name in the trust policy."""

    role: str
    who: str
    kind: str
    needs: str = ""


@dataclass(frozen=True)
class ReachChange:
    """What a principal can do more or less, by itself and by the roles that it gets into."""

    who: str
    gained: tuple[Probe, ...]
    lost: tuple[Probe, ...]


@dataclass(frozen=True)
class AccessChanges:
    """The difference between two worlds; `kept` are the other entries into the same roles."""

    gained: tuple[RoleEntry, ...]
    lost: tuple[RoleEntry, ...]
    kept: tuple[RoleEntry, ...]
    reach: tuple[ReachChange, ...]

    @property
    def is_empty(self) -> bool:
        return not (self.gained or self.lost or self.reach)


def access_changes(before: World, after: World, buckets: Iterable[str] = ()) -> AccessChanges:
    """Return what is different, decided by the engine in both worlds on the default probes.

    `buckets` are ARNs of buckets that are asked about, too. Both worlds are asked the same.
    """
    probes = probes_of(before, buckets)[:_MOST_PROBES]
    old, new = entries_of(before), entries_of(after)
    could, can = access_of(before, probes), access_of(after, probes)
    reach = []
    for who in sorted({*could, *can}):
        reached = frozenset[Probe]()
        was = could[who].reached if who in could else reached
        now = can[who].reached if who in can else reached
        if was != now:
            reach.append(ReachChange(who, tuple(sorted(now - was)), tuple(sorted(was - now))))
    gained, lost = tuple(sorted(new - old)), tuple(sorted(old - new))
    touched = {one.role for one in (*gained, *lost)}
    kept = tuple(sorted(one for one in old & new if one.role in touched))
    return AccessChanges(gained, lost, kept, tuple(reach))


def entries_of(world: World) -> set[RoleEntry]:
    """Return everybody who gets into a role of a world."""
    found: set[RoleEntry] = set()
    for access in who_can_assume(world):
        arn = access.role.arn
        for way in access.ways:
            needs = " and ".join(way.needs)
            found.add(RoleEntry(arn, way.someone.arn, way.someone.kind, needs))
        for kind, names in (
            ("service", access.services),
            ("provider", access.federated),
            ("outside", access.outside),
        ):
            found |= {RoleEntry(arn, name, kind) for name in names}
    for who, roles in entered_by_strangers(world).items():
        found |= {RoleEntry(arn, who, "stranger") for arn in roles}
    return found
