"""The statements that determine a decision, and the results of its layers."""

from collections.abc import Iterable, Iterator

from iam.engine.decision.layer_index import LayerIndex, SourcedStatement, statement_ref
from iam.engine.decision.layer_results import LayerResult, StatementRef
from iam.engine.decision.layers import LayerMatches, MatchesByLayer
from iam.engine.request import Request
from iam.engine.terms import Layer, LayerEffect

Layers = frozenset[Layer]


def determining_layers(found: MatchesByLayer, must_allow: Layers) -> tuple[Layer, ...]:
    """The first layer that denies; or those that must allow, if each does."""
    for layer, finding in found.items():
        if finding.denies:
            return (layer,)
    needed = tuple(layer for layer in found if layer in must_allow)
    return needed if all(found[layer].allowed for layer in needed) else ()


def determining_statements(found: MatchesByLayer, must_allow: Layers) -> tuple[StatementRef, ...]:
    """The statements that deny in the first layer that does; or all that allow together."""
    deciding = [found[layer] for layer in determining_layers(found, must_allow)]
    return tuple(ref for finding in deciding for ref in _refs(finding.denies or finding.allows))


def layer_result(
    layer: Layer, found: MatchesByLayer, must_allow: Layers, explained: Request | None
) -> LayerResult:
    """The result of one layer; an explained request also gets the statements that did not apply.

    Those about its action come first: they are the near misses.
    """
    finding = found[layer]
    entries = (*finding.denies, *finding.allows)
    statements = _refs(entries)
    if explained is not None:
        applied = set(map(id, entries))
        for stack in finding.stacks:
            statements += _near_misses(stack, explained, applied)
        for stack in finding.stacks:
            statements += stack.kept_away(explained)
    return LayerResult(layer, _effect(layer, finding, found, must_allow), tuple(statements))


def _effect(
    layer: Layer, finding: LayerMatches, found: MatchesByLayer, must_allow: Layers
) -> LayerEffect:
    if finding.denies:
        return LayerEffect.EXPLICIT_DENY
    if finding.allowed:
        return LayerEffect.ALLOW
    if layer in must_allow:
        return LayerEffect.IMPLICIT_DENY
    if layer is Layer.RESOURCE and not found[Layer.PRINCIPAL].allowed:
        return LayerEffect.IMPLICIT_DENY
    return LayerEffect.NO_IMPACT


def _near_misses(stack: LayerIndex, request: Request, applied: set[int]) -> Iterator[StatementRef]:
    for entry in stack.about(request.action_key).entries:
        if id(entry) not in applied:
            source, statement = entry
            yield statement_ref(source, statement, statement.obstacle(request, stack.site))


def _refs(entries: Iterable[SourcedStatement]) -> list[StatementRef]:
    return [statement_ref(source, statement) for source, statement in entries]
