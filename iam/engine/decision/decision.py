"""The engine's answer to one request: comparable, and never a bare bool."""

from collections.abc import Callable
from copy import copy
from dataclasses import dataclass, field, replace
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
from iam.engine.terms import Effect, Layer, Verdict

_ALLOW = Verdict.ALLOW
_ALLOWS = Effect.ALLOW
Hidden = Callable[[Layer, str], bool]


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

    def without_statements(self, hidden: Hidden) -> "Decision":
        """Return the same decision without what policies contain that a reader may not see.

        Of each hidden policy of a layer one reference is left: that it applied, and its effect.
        """
        found = copy(self)
        found._checks = tuple(
            replace(one, statements=_without(one.layer, one.statements, hidden))
            for one in self.checks
        )
        found._determining = tuple(
            dict.fromkeys(
                ref
                for check in found._checks
                if check.layer in self.determining_layers
                for ref in check.statements
                if ref.applied and (ref.effect == _ALLOWS) is self.allowed
            )
        )
        return found

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Decision) and self._parts() == other._parts()

    def __hash__(self) -> int:
        return hash(self._parts())

    def __repr__(self) -> str:
        verdict, layer, determining, checks = self._parts()
        return f"Decision({verdict=}, {layer=}, {determining=}, {checks=})"

    def _parts(self) -> tuple[object, ...]:
        return self.verdict, self.layer, self.determining, self.checks


def _without(
    layer: Layer, refs: tuple[StatementRef, ...], hidden: Hidden
) -> tuple[StatementRef, ...]:
    """Return references, of each hidden policy one: of what applied, or that nothing did."""
    found: dict[object, StatementRef] = {}
    for ref in sorted(refs, key=lambda one: not one.applied):
        name = ref.source_name
        if not hidden(layer, name):
            found[ref] = ref
        elif name not in found:
            effect = ref.effect if ref.applied else _ALLOWS
            found[name] = StatementRef(name, ref.source_arn, "", -1, effect, ref.applied)
    return tuple(found.values())
