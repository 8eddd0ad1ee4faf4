"""What a decision records of each layer and of each statement."""

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
    """The effect of one layer, and the statements behind it."""

    layer: Layer
    effect: LayerEffect
    statements: tuple[StatementRef, ...] = ()
