"""Who gets into which role, as ends and edges to draw: those who are alike come together."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal

from console.pages.iam.access_map.links import AccountLinks
from iam.analysis import RoleAccess, WorldPrincipal
from iam.arns import account_named, account_of

SERVICES, OUTSIDE, PROVIDERS = "AWS services", "Accounts not shown here", "Identity providers"
LAMBDA = "lambda.amazonaws.com"
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
    """Somebody gets into a role; `needs` is what the call needs besides, `why` the simulator.

    `several`: one of its ends stands for more than one. `change` is added or removed, in a map of
    what would be different; `title` then says so.
    """

    source: str
    target: str
    needs: str
    crosses: bool = False
    several: bool = False
    why: str = ""
    change: str = ""
    title: str = ""


@dataclass(frozen=True)
class Ends:
    """The two sides of a map, and the edges between them."""

    sources: tuple[End, ...]
    targets: tuple[End, ...]
    edges: tuple[Edge, ...]


def ends_of(
    found: Sequence[RoleAccess],
    links: AccountLinks,
    functions: Mapping[str, Sequence[str]] | None = None,
) -> Ends:
    """Return the map's ends; on a side with many, those with the same edges are one.

    `functions` are ARNs of Lambda functions by the ARN of their role.
    """
    sources: dict[str, End] = {}
    targets: dict[str, End] = {}
    edges: list[Edge] = []
    for access in found:
        role, account_id = access.role, access.role.account.account_id
        own = _edges(access, account_id, links, sources)
        if LAMBDA in access.services:
            own += _runs(access, (functions or {}).get(role.arn, ()), links, sources)
        if own:
            url = links.page("role", role.name, account_id)
            title = f"role {role.name}"
            targets[role.arn] = End(role.arn, account_id, "role", role.name, title, url)
            edges += own
    ends = Ends(tuple(sources.values()), tuple(targets.values()), tuple(edges))
    alike = _alike(_alike(ends, "target"), "source")
    asking = {way.someone.arn: way.someone for access in found for way in access.ways}
    return replace(alike, edges=tuple(_explained(edge, asking, links) for edge in alike.edges))


def _explained(edge: Edge, asking: Mapping[str, WorldPrincipal], links: AccountLinks) -> Edge:
    """Return an edge with its simulation; one of several ends has none."""
    someone = asking.get(edge.source)
    if someone is None or edge.several:
        return edge
    return replace(edge, why=links.simulator(someone, "sts:AssumeRole", edge.target))


def _edges(
    access: RoleAccess, account_id: str, links: AccountLinks, sources: dict[str, End]
) -> list[Edge]:
    arn = access.role.arn
    edges = []
    for way in access.ways:
        someone = way.someone
        if someone.arn not in sources:
            sources[someone.arn] = principal_end(someone, links)
        crosses = someone.account_id != account_id
        edges.append(Edge(someone.arn, arn, " and ".join(way.needs), crosses))
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


def _runs(
    access: RoleAccess, functions: Sequence[str], links: AccountLinks, sources: dict[str, End]
) -> list[Edge]:
    """Return the edges of the functions that run as a role which lets Lambda in."""
    edges = []
    for arn in functions:
        name, account_id = arn.rpartition(":")[2], account_of(arn)
        url = links.page("function", name, account_id)
        sources[arn] = End(arn, account_id, "function", name, f"function {name}", url)
        title = f"function {name} runs as role {access.role.name}"
        edges.append(Edge(arn, access.role.arn, "", title=title))
    return edges


def principal_end(someone: WorldPrincipal, links: AccountLinks) -> End:
    return End(
        someone.arn,
        someone.account_id,
        someone.kind,
        someone.name,
        someone.called,
        links.page_of(someone),
    )


def _alike(ends: Ends, side: Literal["source", "target"]) -> Ends:
    """Return the ends with those of one side that have the same edges as one."""
    other = "target" if side == "source" else "source"
    edges_of = defaultdict[str, set[tuple[str, str]]](set)
    for edge in ends.edges:
        edges_of[getattr(edge, side)].add((getattr(edge, other), edge.needs))
    merged = _merged(getattr(ends, f"{side}s"), edges_of)
    edges = dict.fromkeys(_at(edge, side, merged[getattr(edge, side)]) for edge in ends.edges)
    whole: dict[str, Any] = {
        f"{side}s": tuple(dict.fromkeys(merged.values())),
        "edges": tuple(edges),
    }
    return replace(ends, **whole)


def _at(edge: Edge, side: str, end: End) -> Edge:
    if end.count == 1:
        return edge
    moved: dict[str, Any] = {side: end.key}
    return replace(edge, several=True, title="", **moved)


def _merged(ends: Sequence[End], edges: Mapping[str, set[tuple[str, str]]]) -> dict[str, End]:
    """Return what stands for each end: itself, or on a crowded side one for all alike."""
    alike: dict[object, list[End]] = {}
    for one in ends:
        alike.setdefault((one.group, one.kind, frozenset(edges[one.key])), []).append(one)
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
