"""What the engine answers: frozen, comparable, and never a bare bool."""

from dataclasses import dataclass

from iam.engine.terms import CheckEffect, Effect, Layer, Verdict


@dataclass(frozen=True, slots=True)
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
class Check:
    """What one layer said, and the statements that made it say so."""

    layer: Layer
    effect: CheckEffect
    statements: tuple[StatementRef, ...] = ()


@dataclass(frozen=True, slots=True)
class Decision:
    """The verdict, the layer that decided it, and every layer's check in flow order."""

    verdict: Verdict
    layer: Layer | None
    determining: tuple[StatementRef, ...]
    checks: tuple[Check, ...]

    @property
    def allowed(self) -> bool:
        """Whether the request may go ahead."""
        return self.verdict is Verdict.ALLOW
