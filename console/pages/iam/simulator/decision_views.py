"""The decisions of a simulation as view models, with every statement and its reason."""

from collections.abc import Sequence
from dataclasses import dataclass

from iam import catalogue
from iam.analysis import LAYER_NAMES, Reason

_EFFECTS = {
    "ALLOW": ("success", "Allow"),
    "NO_IMPACT": ("info", "No impact"),
    "IMPLICIT_DENY": ("error", "Implicit deny"),
    "EXPLICIT_DENY": ("error", "Explicit deny"),
}


@dataclass(frozen=True)
class StatementView:
    """One statement, whether it applies, and if not, why."""

    policy: str
    named: str
    effect: str
    applies: bool
    reason: str


@dataclass(frozen=True)
class LayerView:
    """One layer's result."""

    title: str
    kind: str
    said: str
    statements: tuple[StatementView, ...]


@dataclass(frozen=True)
class DecisionView:
    """One action on one resource."""

    service: str
    action: str
    resource: str
    allowed: bool
    note: str
    sentence: str
    matched: tuple[str, ...]
    missing: tuple[str, ...]
    layers: tuple[LayerView, ...]


def decision_views(reasons: Sequence[Reason]) -> list[DecisionView]:
    return [_shown(one) for one in reasons]


def _note(reason: Reason) -> str:
    count = len(reason.outcome.matched)
    if reason.outcome.allowed_by_organizations is False:
        return "Denied by a service control policy"
    if not count:
        return "Implicitly denied (no matching statements)"
    return f"{count} matching statement{'' if count == 1 else 's'}"


def _shown(reason: Reason) -> DecisionView:
    outcome = reason.outcome
    prefix, _, name = reason.action.partition(":")
    service = catalogue.service(prefix)
    return DecisionView(
        service=service.name if service else prefix,
        action=name,
        resource=outcome.resource,
        allowed=outcome.verdict == "allowed",
        note=_note(reason),
        sentence=reason.sentence,
        matched=tuple(
            f"{one.document.policy_id}, lines {one.span.start_line} to {one.span.end_line}"
            for one in outcome.matched
        ),
        missing=outcome.missing,
        layers=_layers(reason),
    )


def _layers(reason: Reason) -> tuple[LayerView, ...]:
    layers = []
    for check in reason.decision.checks:
        title = LAYER_NAMES[check.layer]
        if check.layer == "RESOURCE" and reason.trust:
            title = "Trust policy"
        kind, said = _EFFECTS[check.effect]
        statements = tuple(
            StatementView(
                policy=reason.names.get(one.source_name, one.source_name),
                named=one.sid or str(one.index + 1),
                effect=one.effect.value,
                applies=one.applied,
                reason=one.reason,
            )
            for one in check.statements
        )
        layers.append(LayerView(title, kind, said, statements))
    return tuple(layers)
