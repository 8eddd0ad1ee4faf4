"""The drawing of who can assume which role: accounts as boxes, principals left, roles right."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from console.pages.iam.access_map.edges import End, Ends
from console.ui.drawings import shortened

_MOST_ENDS = 60
_MOST_LABELS = 30
_ROW, _HEIGHT, _WIDTH = 38, 28, 208
_PAD, _TITLE, _GAP = 12, 26, 16
_LEFT, _RIGHT = 2, 530
_LONGEST = 22


@dataclass(frozen=True)
class AccountBox:
    """An account, or what is no account, around its principals or roles."""

    x: int
    y: int
    height: int
    title: str

    width = _WIDTH + 2 * _PAD


@dataclass(frozen=True)
class Node:
    """A box of the drawing."""

    x: int
    y: int
    label: str
    end: End

    width, height = _WIDTH, _HEIGHT

    @property
    def middle(self) -> int:
        return self.y + _HEIGHT // 2


@dataclass(frozen=True)
class Curve:
    """An edge: dashed if it needs more, marked if it crosses accounts, with what it needs."""

    path: str
    needs: str
    label: str
    crosses: bool
    why: str
    title: str
    x: int
    y: int
    change: str = ""

    @property
    def css(self) -> str:
        """Return the classes of its element."""
        marks = {
            "needs-more": self.needs,
            "is-crossing": self.crosses,
            f"is-{self.change}": self.change,
        }
        return " ".join(("drawing__way", *(name for name, is_so in marks.items() if is_so)))


@dataclass(frozen=True)
class Graph:
    """All that is drawn."""

    boxes: tuple[AccountBox, ...]
    nodes: tuple[Node, ...]
    curves: tuple[Curve, ...]
    height: int

    width: int = _RIGHT + AccountBox.width + 2
    title: str = "Who can assume which role: the table below says the same"

    @property
    def has_change(self) -> bool:
        return any(curve.change for curve in self.curves)

    @property
    def has_crossing(self) -> bool:
        return any(curve.crosses for curve in self.curves)


def graph_of(ends: Ends, accounts: Mapping[str, str]) -> Graph | None:
    """Return the drawing; None if it would be empty, or too large to read.

    `accounts` are titles of the boxes by account ID.
    """
    if not ends.targets or max(len(ends.sources), len(ends.targets)) > _MOST_ENDS:
        return None
    left, sources, left_end = _column(ends.sources, _LEFT, accounts)
    right, targets, right_end = _column(ends.targets, _RIGHT, accounts)
    labels = sum(1 for edge in ends.edges if edge.needs) <= _MOST_LABELS
    curves = []
    for edge in ends.edges:
        start, end = sources[edge.source], targets[edge.target]
        title = edge.title or f"{start.end.title} can assume {end.end.title}"
        if edge.needs and not edge.title:
            title += f", with {edge.needs}" if start.end.kind != "outside" else f", {edge.needs}"
        x1, x2 = start.x + _WIDTH, end.x
        curves.append(
            Curve(
                path=curve_between(x1, start.middle, x2, end.middle),
                needs=edge.needs,
                label=shortened(edge.needs, 30) if labels else "",
                crosses=edge.crosses,
                why=edge.why,
                title=title,
                x=(x1 + x2) // 2,
                y=(start.middle + end.middle) // 2 - 5,
                change=edge.change,
            )
        )
    nodes = (*sources.values(), *targets.values())
    return Graph((*left, *right), nodes, tuple(curves), max(left_end, right_end))


def _column(
    ends: Sequence[End], x: int, accounts: Mapping[str, str]
) -> tuple[list[AccountBox], dict[str, Node], int]:
    """Return the boxes of one side with their nodes, and where the column ends."""
    groups: dict[str, list[End]] = {}
    for one in ends:
        groups.setdefault(one.group, []).append(one)
    order = list(accounts)
    names = sorted(groups, key=lambda name: order.index(name) if name in order else len(order))
    boxes, nodes, y = [], {}, 2
    for name in names:
        height = _TITLE + len(groups[name]) * _ROW + _PAD // 2
        boxes.append(AccountBox(x, y, height, shortened(accounts.get(name, name), 34)))
        for number, one in enumerate(groups[name]):
            at = y + _TITLE + number * _ROW
            nodes[one.key] = Node(x + _PAD, at, shortened(one.name, _LONGEST), one)
        y += height + _GAP
    return boxes, nodes, y


def curve_between(x1: int, y1: int, x2: int, y2: int) -> str:
    half = (x1 + x2) // 2
    return f"M {x1} {y1} C {half} {y1}, {half} {y2}, {x2} {y2}"
