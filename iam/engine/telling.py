"""From what each layer found to its check, and what kept each other statement from applying."""

from collections.abc import Iterable, Iterator

from iam.engine.checks import Check, StatementRef
from iam.engine.layers import Finding, Findings
from iam.engine.request import Request
from iam.engine.stack import Entry, Stack, told
from iam.engine.terms import CheckEffect, Layer

Layers = frozenset[Layer]


def determining_statements(found: Findings, must_allow: Layers) -> tuple[StatementRef, ...]:
    """The statements that deny in the first layer that does; or all that allow together."""
    for finding in found.values():
        if finding.denies:
            return _refs(finding.denies)
    needed = [finding for layer, finding in found.items() if layer in must_allow]
    if not all(finding.allowed for finding in needed):
        return ()
    return tuple(ref for finding in needed for ref in _refs(finding.allows))


def check_of(layer: Layer, found: Findings, must_allow: Layers, explained: Request | None) -> Check:
    """What one layer said; of an explained request, with the statements that did not apply.

    Those about its action come first: they are the near misses.
    """
    finding = found[layer]
    entries = (*finding.denies, *finding.allows)
    statements = _refs(entries)
    if explained is not None:
        applied = set(map(id, entries))
        for stack in finding.stacks:
            statements += tuple(_near_misses(stack, explained, applied))
        for stack in finding.stacks:
            statements += stack.kept_away(explained)
    return Check(layer, _effect(layer, finding, found, must_allow), statements)


def _effect(layer: Layer, finding: Finding, found: Findings, must_allow: Layers) -> CheckEffect:
    if finding.denies:
        return CheckEffect.EXPLICIT_DENY
    if finding.allowed:
        return CheckEffect.ALLOW
    if layer in must_allow:
        return CheckEffect.IMPLICIT_DENY
    if layer is Layer.RESOURCE and not found[Layer.PRINCIPAL].allowed:
        return CheckEffect.IMPLICIT_DENY
    return CheckEffect.NO_IMPACT


def _near_misses(stack: Stack, request: Request, applied: set[int]) -> Iterator[StatementRef]:
    for entry in stack.about(request.action_key).entries:
        if id(entry) not in applied:
            source, statement = entry
            yield told(source, statement, statement.obstacle(request, stack.site))


def _refs(entries: Iterable[Entry]) -> tuple[StatementRef, ...]:
    return tuple([told(source, statement) for source, statement in entries])
