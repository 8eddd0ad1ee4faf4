"""What a decision says of each layer and of each statement."""

from dataclasses import dataclass

from iam.engine.terms import Effect, Layer, LayerEffect


@dataclass(frozen=True)
class StatementRef:
    """One statement of one policy, whether it applied, and if not, what kept it from applying."""

    source_name: str
    source_arn: str
    sid: str
    index: int
    effect: Effect
    applied: bool
    reason: str = ""


@dataclass(frozen=True, slots=True)
class LayerResult:
    """What one layer said, and the statements that made it say so."""

    layer: Layer
    effect: LayerEffect
    statements: tuple[StatementRef, ...] = ()
