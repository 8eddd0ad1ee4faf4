"""The results of layers and statements in a decision."""

from dataclasses import dataclass
from typing import Final

from iam.engine.matching.elements.obstacle import Obstacle
from iam.engine.terms import Effect, Layer, LayerEffect


@dataclass(slots=True, unsafe_hash=True)
class StatementRef:
    """One statement of one policy, whether it applied, and if not, what kept it from applying."""

    # Final instead of frozen: a frozen dataclass takes several times as long to make.
    source_name: Final[str]
    source_arn: Final[str]
    sid: Final[str]
    index: Final[int]
    effect: Final[Effect]
    applied: Final[bool]
    obstacle: Final[Obstacle | None] = None
    reason: Final[str] = ""  # the obstacle's sentence; kept, since readers want that of each


@dataclass(frozen=True, slots=True)
class LayerResult:
    """The effect of one layer, and the statements behind it."""

    layer: Layer
    effect: LayerEffect
    statements: tuple[StatementRef, ...] = ()
