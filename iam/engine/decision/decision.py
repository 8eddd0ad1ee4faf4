"""The engine's answer to one request: frozen, comparable, and never a bare bool."""

from dataclasses import dataclass
from functools import cached_property

from iam.engine.decision.determining_statements import Layers, determining_statements, layer_result
from iam.engine.decision.layer_results import LayerResult, StatementRef
from iam.engine.decision.layers import MatchesByLayer
from iam.engine.request import Request
from iam.engine.terms import Layer, Verdict

_ALLOW = Verdict.ALLOW


@dataclass(frozen=True, init=False, eq=False, repr=False)
class Decision:
    """The verdict, the layer that decided it, and every layer's result in flow order.

    Most decisions are made for the verdict alone: the results are computed when first read.
    """

    verdict: Verdict
    layer: Layer | None
    _found: MatchesByLayer
    _must_allow: Layers
    _explained: Request | None

    def __init__(
        self,
        verdict: Verdict,
        layer: Layer | None,
        found: MatchesByLayer,
        must_allow: Layers,
        explained: Request | None,
    ) -> None:
        # What a frozen dataclass writes by itself costs as much as the evaluation.
        fields = self.__dict__
        fields["verdict"] = verdict
        fields["layer"] = layer
        fields["_found"] = found
        fields["_must_allow"] = must_allow
        fields["_explained"] = explained

    @property
    def allowed(self) -> bool:
        return self.verdict is _ALLOW

    @cached_property
    def determining(self) -> tuple[StatementRef, ...]:
        """The statements that decided; empty if no statement spoke."""
        return determining_statements(self._found, self._must_allow)

    @cached_property
    def checks(self) -> tuple[LayerResult, ...]:
        """Every layer's result; explained, also why each other statement did not apply."""
        return tuple(
            [
                layer_result(layer, self._found, self._must_allow, self._explained)
                for layer in self._found
            ]
        )

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Decision) and self._parts() == other._parts()

    def __hash__(self) -> int:
        return hash(self._parts())

    def __repr__(self) -> str:
        verdict, layer, determining, checks = self._parts()
        return f"Decision({verdict=}, {layer=}, {determining=}, {checks=})"

    def _parts(self) -> tuple[object, ...]:
        return self.verdict, self.layer, self.determining, self.checks
