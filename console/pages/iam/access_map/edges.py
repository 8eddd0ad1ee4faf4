"""Who gets into which role, as ends and edges to draw: those who are alike come together."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from console.pages.iam.access_map.links import AccountLinks
from iam.analysis import RoleAccess, WorldPrincipal
from iam.arns import account_named

SERVICES, OUTSIDE, PROVIDERS = "AWS services", "Accounts not shown here", "Identity providers"
_FEW = 3
_ROOMY = 12


@dataclass(frozen=True)
class End:
    """Something at an end of an edge: a principal, a service, a role, or `count` alike."""

    key: str
    group: str
    kind: str
    name: str
    title: str
    url: str = ""
    count: int = 1


@dataclass(frozen=True)
class Edge:
    """Somebody gets into a role; `needs` is what the call needs besides, `why` the simulator."""

    source: str
    target: str
    needs: str
    crosses: bool = False
    why: str = ""


@dataclass(frozen=True)
class Ends:
    """The two sides of a map, and the edges between them."""

    sources: tuple[End, ...]
    targets: tuple[End, ...]
    edges: tuple[Edge, ...]


def ends_of(found: Sequence[RoleAccess], links: AccountLinks) -> Ends:
    """Return the map's ends; on a side with many, those with the same edges are one."""
    sources: dict[str, End] = {}
    targets: dict[str, End] = {}
    edges: list[Edge] = []
    for access in found:
        role, account_id = access.role, access.role.account.account_id
        own = _edges(access, account_id, links, sources)
        if own:
            url = links.page("role", role.name, account_id)
            title = f"role {role.name}"
            targets[role.arn] = End(role.arn, account_id, "role", role.name, title, url)
            edges += own
    ends = Ends(tuple(sources.values()), tuple(targets.values()), tuple(edges))
    return _alike_sources(_alike_targets(ends))


def _edges(
    access: RoleAccess, account_id: str, links: AccountLinks, sources: dict[str, End]
) -> list[Edge]:
    arn = access.role.arn
    edges = []
    for way in access.ways:
        someone = way.someone
        sources.setdefault(someone.arn, _principal(someone, links))
        why = links.simulator(someone, "sts:AssumeRole", arn)
        crosses = someone.account_id != account_id
        edges.append(Edge(someone.arn, arn, " and ".join(way.needs), crosses, why))
    for group, kind, names in (
        (SERVICES, "service", access.services),
        (PROVIDERS, "provider", access.federated),
        (OUTSIDE, "outside", access.outside),
    ):
        for name in names:
            account = account_named(name) if kind == "outside" else ""
            shown = name.rpartition("/")[2] if kind == "provider" else name
            shown = f"account {account}" if account else shown
            sources.setdefault(name, End(name, group, kind, shown, name))
            needs = "if its account allows it" if kind == "outside" else ""
            edges.append(Edge(name, arn, needs, crosses=kind == "outside"))
    return edges


def _principal(someone: WorldPrincipal, links: AccountLinks) -> End:
    return End(
        someone.arn,
        someone.account_id,
        someone.kind,
        someone.name,
        someone.called,
        links.page_of(someone),
    )


def _alike_targets(ends: Ends) -> Ends:
    merged = _merged(ends.targets, {one.key: _of_target(ends, one.key) for one in ends.targets})
    edges = dict.fromkeys(
        replace(edge, target=merged[edge.target].key) for edge in _plain(ends.edges, merged)
    )
    return Ends(ends.sources, tuple(dict.fromkeys(merged.values())), tuple(edges))


def _alike_sources(ends: Ends) -> Ends:
    merged = _merged(ends.sources, {one.key: _of_source(ends, one.key) for one in ends.sources})
    edges = dict.fromkeys(
        replace(edge, source=merged[edge.source].key) for edge in _plain(ends.edges, merged)
    )
    return Ends(tuple(dict.fromkeys(merged.values())), ends.targets, tuple(edges))


def _plain(edges: Sequence[Edge], merged: Mapping[str, End]) -> list[Edge]:
    """Return the edges; one of several ends leads to no single simulation."""
    several = {key for key, end in merged.items() if end.count > 1}
    return [replace(e, why="") if several & {e.source, e.target} else e for e in edges]


def _of_target(ends: Ends, key: str) -> frozenset[tuple[str, str]]:
    return frozenset((edge.source, edge.needs) for edge in ends.edges if edge.target == key)


def _of_source(ends: Ends, key: str) -> frozenset[tuple[str, str]]:
    return frozenset((edge.target, edge.needs) for edge in ends.edges if edge.source == key)


def _merged(ends: Sequence[End], edges: Mapping[str, frozenset[tuple[str, str]]]) -> dict[str, End]:
    """Return what stands for each end: itself, or on a crowded side one for all alike."""
    alike: dict[object, list[End]] = {}
    for one in ends:
        alike.setdefault((one.group, one.kind, edges[one.key]), []).append(one)
    found: dict[str, End] = {}
    for together in alike.values():
        first, count = together[0], len(together)
        if count > _FEW and len(ends) > _ROOMY:
            named = ", ".join(one.name for one in together[:20])
            title = named + (f" and {count - 20} more" if count > 20 else "")
            words = f"{count} {first.kind}s"
            whole = replace(first, name=words, title=title, url="", count=count)
            found.update(dict.fromkeys((one.key for one in together), whole))
        else:
            found.update({one.key: one for one in together})
    return found
