"""The drawing of who can assume which role: principals on the left, roles on the right."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.urls import reverse

from console.pages.iam.access_map.links import page_of
from iam.analysis import RoleAccess

_MOST_NODES = 40
_ROW = 36
_LEFT, _RIGHT = 4, 436
_WIDTH, _HEIGHT = 200, 28
_LONGEST = 24


@dataclass(frozen=True)
class Node:
    """A box of the drawing."""

    x: int
    y: int
    label: str
    title: str
    url: str
    kind: str

    @property
    def middle(self) -> int:
        return self.y + _HEIGHT // 2


@dataclass(frozen=True)
class Graph:
    """Boxes and the curves between them; a curve that needs more (MFA, a tag) is dashed."""

    nodes: tuple[Node, ...]
    edges: tuple[tuple[str, bool], ...]
    width: int
    height: int


def graph_of(found: Sequence[RoleAccess]) -> Graph | None:
    """Return the drawing; None if it would be empty, or too large to read."""
    left = {way.someone.arn: way.someone for access in found for way in access.ways}
    services = sorted({name for access in found for name in access.services})
    roles = [access for access in found if access.ways or access.services]
    if not roles or max(len(left) + len(services), len(roles)) > _MOST_NODES:
        return None
    sources = {
        one.arn: Node(_LEFT, number * _ROW, _short(one.name), one.called, page_of(one), one.kind)
        for number, one in enumerate(left.values())
    }
    for number, name in enumerate(services, start=len(sources)):
        sources[name] = Node(_LEFT, number * _ROW, _short(name), name, "", "service")
    targets = {
        access.role.arn: Node(
            _RIGHT,
            number * _ROW,
            _short(access.role.name),
            f"role {access.role.name}",
            reverse("role", args=[access.role.name]),
            "role",
        )
        for number, access in enumerate(roles)
    }
    edges = []
    for access in roles:
        end = targets[access.role.arn]
        edges += [(_curve(sources[way.someone.arn], end), bool(way.needs)) for way in access.ways]
        edges += [(_curve(sources[name], end), False) for name in access.services]
    height = max(len(sources), len(targets)) * _ROW
    nodes = (*sources.values(), *targets.values())
    return Graph(nodes, tuple(edges), _RIGHT + _WIDTH + _LEFT, height)


def _short(name: str) -> str:
    return name if len(name) <= _LONGEST else f"{name[: _LONGEST - 1]}…"


def _curve(start: Node, end: Node) -> str:
    x1, x2 = start.x + _WIDTH, end.x
    half = (x1 + x2) // 2
    return f"M {x1} {start.middle} C {half} {start.middle}, {half} {end.middle}, {x2} {end.middle}"
