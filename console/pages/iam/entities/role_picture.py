"""The picture of a role: who can enter, the role, what it reaches."""

from console.pages.iam.access_map.edges import End, Ends
from console.pages.iam.access_map.graph import AccountBox, Curve, Graph, Node, curve_between
from console.ui.drawings import shortened
from iam.analysis import EffectivePermissions

_MOST = 10
_STEP, _TOP, _COLUMN = 38, 28, 300
_LONGEST = 22


def role_picture(name: str, ends: Ends, found: EffectivePermissions) -> Graph:
    """Return the picture; of many who enter, or many services, the first ones and a count."""
    enters = [*ends.sources[:_MOST], *_more(len(ends.sources), "more")]
    left = [one for one in found.services if one.is_left]
    reaches = [End(f"s:{one.prefix}", "", "service", one.name, one.name) for one in left[:_MOST]]
    reaches += _more(len(left), "more services")
    rows = max(len(enters), len(reaches), 1)
    middle = _TOP + (rows - 1) * _STEP // 2
    center = Node(_COLUMN + 14, middle, shortened(name, _LONGEST), End(name, "", "role", name, ""))
    sides = (_column(enters, 14, rows), _column(reaches, 2 * _COLUMN + 14, rows))
    needs = {edge.source: edge for edge in ends.edges}
    curves = [
        _curve(one, center, needs[one.end.key].needs if one.end.key in needs else "")
        for one in sides[0]
    ]
    curves += [_curve(center, one, "") for one in sides[1]]
    height = _TOP + rows * _STEP + 8
    boxes = tuple(
        AccountBox(number * _COLUMN + 2, 2, height - 4, title)
        for number, title in enumerate(("Who can enter", "The role", "What it reaches"))
    )
    nodes = (*sides[0], center, *sides[1])
    return Graph(
        boxes,
        nodes,
        tuple(curves),
        height,
        width=3 * _COLUMN - 60,
        title="Who can enter the role, and what it reaches: the lists below say the same",
    )


def _more(count: int, word: str) -> list[End]:
    rest = count - _MOST
    return [End(word, "", "more", f"and {rest} {word}", f"{rest} {word}")] if rest > 0 else []


def _column(ends: list[End], x: int, rows: int) -> list[Node]:
    top = _TOP + (rows - len(ends)) * _STEP // 2
    return [
        Node(x, top + number * _STEP, shortened(one.name, _LONGEST), one)
        for number, one in enumerate(ends)
    ]


def _curve(start: Node, end: Node, needs: str) -> Curve:
    x1, x2 = start.x + start.width, end.x
    path = curve_between(x1, start.middle, x2, end.middle)
    title = f"{start.end.name} → {end.end.name}{f', with {needs}' if needs else ''}"
    return Curve(path, needs, "", crosses=False, why="", title=title, x=x1, y=start.middle)
