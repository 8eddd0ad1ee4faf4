"""The engine's answer to one request: comparable, and never a bare bool."""

from dataclasses import dataclass, field
from typing import Final

from iam.engine.decision.determining_statements import (
    Layers,
    determining_layers,
    determining_statements,
    layer_result,
)
from iam.engine.decision.layer_results import LayerResult, StatementRef
from iam.engine.decision.layers import MatchesByLayer
from iam.engine.request import Request
from iam.engine.terms import Layer, Verdict

_ALLOW = Verdict.ALLOW


@dataclass(slots=True, eq=False, repr=False)
class Decision:
    """The verdict, the layer that decided it, and every layer's result in flow order.

    Most decisions are made for the verdict alone: the results are computed when first read.
    """

    # Final instead of frozen: a frozen dataclass takes several times as long to make.
    verdict: Final[Verdict]
    layer: Final[Layer | None]
    _found: Final[MatchesByLayer]
    _must_allow: Final[Layers]
    _explained: Final[Request | None]
    _determining: tuple[StatementRef, ...] | None = field(default=None, init=False)
    _checks: tuple[LayerResult, ...] | None = field(default=None, init=False)

    @property
    def allowed(self) -> bool:
        return self.verdict is _ALLOW

    @property
    def determining(self) -> tuple[StatementRef, ...]:
        """The statements that decided; empty if no statement spoke."""
        if self._determining is None:
            self._determining = determining_statements(self._found, self._must_allow)
        return self._determining

    @property
    def determining_layers(self) -> tuple[Layer, ...]:
        """The layers of those statements: the one that denied, or each that had to allow."""
        return determining_layers(self._found, self._must_allow)

    @property
    def checks(self) -> tuple[LayerResult, ...]:
        """Every layer's result; explained, also why each other statement did not apply."""
        if self._checks is None:
            self._checks = tuple(
                [
                    layer_result(layer, self._found, self._must_allow, self._explained)
                    for layer in self._found
                ]
            )
        return self._checks

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Decision) and self._parts() == other._parts()

    def __hash__(self) -> int:
        return hash(self._parts())

    def __repr__(self) -> str:
        verdict, layer, determining, checks = self._parts()
        return f"Decision({verdict=}, {layer=}, {determining=}, {checks=})"

    def _parts(self) -> tuple[object, ...]:
        return self.verdict, self.layer, self.determining, self.checks
