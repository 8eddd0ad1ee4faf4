"""The drawing of an organization: each node a row, its policies beside it."""

from collections.abc import Sequence
from dataclasses import dataclass

from console.pages.organizations.organization_reads import ControlPolicyView, NodeView
from console.ui.drawings import shortened

_ROW, _HEIGHT, _WIDTH, _INDENT = 58, 44, 230, 32
_CHIP, _CHIP_GAP, _MOST_CHIPS = 170, 10, 3


@dataclass(frozen=True)
class DrawnPolicy:
    """A policy beside its node."""

    x: int
    label: str
    policy: ControlPolicyView

    @property
    def middle(self) -> int:
        return self.x + _CHIP // 2


@dataclass(frozen=True)
class DrawnNode:
    """A node's box, the line from its parent, and its policies; `more` are not drawn."""

    x: int
    y: int
    label: str
    node: NodeView
    line: str
    policies: tuple[DrawnPolicy, ...]
    more: int
    more_x: int


@dataclass(frozen=True)
class OrganizationDrawing:
    """All nodes in the order of the tree."""

    nodes: tuple[DrawnNode, ...]
    width: int

    row, height, box, chip = _ROW, _HEIGHT, _WIDTH, _CHIP

    @property
    def whole_height(self) -> int:
        return len(self.nodes) * _ROW


def drawing_of(nodes: Sequence[NodeView]) -> OrganizationDrawing:
    deepest = max(node.depth for node in nodes)
    first_chip = deepest * _INDENT + _WIDTH + 28
    places = {node.id: number * _ROW + 4 for number, node in enumerate(nodes)}
    drawn = []
    for node in nodes:
        x, y = node.depth * _INDENT + 2, places[node.id]
        line = ""
        if node.parent:
            above = (node.depth - 1) * _INDENT + 18
            line = f"M {above} {places[node.parent] + _HEIGHT} V {y + _HEIGHT // 2} H {x}"
        policies = tuple(
            DrawnPolicy(
                first_chip + number * (_CHIP + _CHIP_GAP),
                shortened(f"{policy.short_type} {policy.name}", 23),
                policy,
            )
            for number, policy in enumerate(node.policies[:_MOST_CHIPS])
        )
        more = len(node.policies) - len(policies)
        more_x = first_chip + len(policies) * (_CHIP + _CHIP_GAP)
        drawn.append(DrawnNode(x, y, shortened(node.name, 26), node, line, policies, more, more_x))
    width = first_chip + _MOST_CHIPS * (_CHIP + _CHIP_GAP) + 70
    return OrganizationDrawing(tuple(drawn), width)
