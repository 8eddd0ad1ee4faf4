"""What a principal's identity, boundary, control and session policies leave together."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from iam import catalogue
from iam.analysis.world_principals import WorldPrincipal
from iam.engine import Coverage, Layer, PolicyCoverage, named_in, pattern_matches


@dataclass
class LevelReach:
    """The actions of an access level that are left: in full, and in part."""

    total: int = 0
    full: int = 0
    part: int = 0


@dataclass
class ServiceReach:
    """What is left of a service that identity policies allow something of.

    `whole` is for all its actions, where no policy tells one from another; then `levels` is
    empty. `limits` are the layers that take something away.
    """

    name: str
    prefix: str
    whole: Coverage | None = None
    levels: dict[str, LevelReach] = field(default_factory=dict)
    limits: set[Layer] = field(default_factory=set)

    @property
    def is_left(self) -> bool:
        return bool(self.whole or any(one.full or one.part for one in self.levels.values()))


@dataclass(frozen=True)
class EffectivePermissions:
    """The services that identity policies allow something of, and how many each layer lets in."""

    services: tuple[ServiceReach, ...]
    let_through: Mapping[Layer, int]

    @property
    def left(self) -> int:
        return sum(one.is_left for one in self.services)


def effective_permissions(someone: WorldPrincipal) -> EffectivePermissions:
    """Return what is left by service and access level; resource-based policies take no part."""
    policies, named = PolicyCoverage(someone.layers), named_in(someone.layers)
    wild = {prefix: names for prefix, names in named.items() if "*" in prefix or "?" in prefix}
    counts: dict[Layer, int] = {}
    found = []
    for service in catalogue.services():
        names = set(named.get(service.prefix, ()))
        for prefix, others in wild.items():
            if pattern_matches(prefix, service.prefix):
                names |= others
        one, through = _reach(service, policies, whole=names <= {"*"})
        if one is not None:
            found.append(one)
            for layer in through:
                counts[layer] = counts.get(layer, 0) + 1
    return EffectivePermissions(tuple(found), counts)


def _reach(
    service: catalogue.Service, policies: PolicyCoverage, *, whole: bool
) -> tuple[ServiceReach | None, set[Layer]]:
    """Return what is left of a service, and the layers that let something of it through."""
    reach, through = ServiceReach(service.name, service.prefix), set[Layer]()
    if whole:
        coverage = policies.of(f"{service.prefix}:AnyAction")
        reach.whole = _note(coverage, reach, through)
        return (reach, through) if through else (None, through)
    for action in service.actions:
        coverage = policies.of(f"{service.prefix}:{action.name}")
        left = _note(coverage, reach, through)
        level = reach.levels.setdefault(action.access_level, LevelReach())
        level.total += 1
        level.full += left is Coverage.ALL
        level.part += left is Coverage.SOME
    return (reach, through) if through else (None, through)


def _note(coverage: Mapping[Layer, Coverage], reach: ServiceReach, through: set[Layer]) -> Coverage:
    """Note what the layers do to an action that identity policies allow; return what is left."""
    granted = coverage[Layer.PRINCIPAL]
    if not granted:
        return Coverage.NONE
    through |= {layer for layer, one in coverage.items() if one}
    reach.limits |= {layer for layer, one in coverage.items() if one < granted}
    return min(coverage.values())
