"""One action on one resource, simulated."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from iam.actions.simulation.documents import PolicyInput
from iam.actions.simulation.resource_types import may_be_resource
from iam.actions.simulation.simulation import Simulation
from iam.actions.simulation.work import OF_A_DECISION, OF_A_KEY, OF_A_STATEMENT, WorkBudget
from iam.engine import (
    Decision,
    Layer,
    LayeredPolicies,
    LayerEffect,
    LayerResult,
    Request,
    StatementSpan,
    Verdict,
    decide,
    work_of,
)

_TOLD = {
    Layer.PRINCIPAL: "IAM Policy",
    Layer.RESOURCE: "Resource Policy",
    Layer.PERMISSIONS_BOUNDARY: "Permissions Boundary Policy",
}
_VERDICTS = {
    LayerEffect.ALLOW: Verdict.ALLOW,
    LayerEffect.EXPLICIT_DENY: Verdict.EXPLICIT_DENY,
}
_GRANTING = (Layer.PRINCIPAL, Layer.RESOURCE)
How = Callable[[Request, LayeredPolicies], Decision]


@dataclass(frozen=True)
class MatchedStatement:
    """A statement that determines the decision: its policy and its place in it."""

    document: PolicyInput
    span: StatementSpan


@dataclass(frozen=True)
class SimulatedDecision:
    """The decision on one action and one resource; a limit that does not exist is None."""

    resource: str
    verdict: Verdict
    matched: tuple[MatchedStatement, ...] = ()
    missing: tuple[str, ...] = ()
    allowed_by_boundary: bool | None = None
    allowed_by_organizations: bool | None = None
    details: Mapping[str, Verdict] = field(default_factory=dict)


def outcome_of(
    simulation: Simulation, action: str, resource: str, work: WorkBudget
) -> SimulatedDecision:
    return outcome_and_decision(simulation, action, resource, decide, work)[0]


def outcome_and_decision(
    simulation: Simulation, action: str, resource: str, how: How, work: WorkBudget
) -> tuple[SimulatedDecision, Request, Decision]:
    """Decide one action on one resource, with or without every reason; raises TooMuchWork."""
    request, policies = simulation.ask(action, resource)
    work.spend(OF_A_DECISION + work_of(request, policies))
    decision = how(request, policies)
    checks = {check.layer: check for check in decision.checks}
    organizations = _allowed_by(checks, Layer.SCP)
    if organizations is False:
        verdict = _VERDICTS.get(checks[Layer.SCP].effect, Verdict.IMPLICIT_DENY)
        return (
            SimulatedDecision(resource, verdict, allowed_by_organizations=False),
            request,
            decision,
        )
    verdict = decision.verdict
    if verdict is not Verdict.EXPLICIT_DENY and not may_be_resource(action, resource):
        verdict = Verdict.IMPLICIT_DENY
    matched = _matched(simulation, action, resource, checks, verdict)
    work.spend(OF_A_STATEMENT * len(matched))
    missing = _missing(simulation, action, resource) if verdict is Verdict.IMPLICIT_DENY else ()
    work.spend(OF_A_KEY * len(missing))
    outcome = SimulatedDecision(
        resource,
        verdict,
        matched=matched,
        missing=missing,
        allowed_by_boundary=_allowed_by(checks, Layer.PERMISSIONS_BOUNDARY),
        allowed_by_organizations=organizations,
        details={} if request.same_account else _details(checks),
    )
    return outcome, request, decision


def _allowed_by(checks: Mapping[Layer, LayerResult], layer: Layer) -> bool | None:
    return checks[layer].effect is LayerEffect.ALLOW if layer in checks else None


def _details(checks: Mapping[Layer, LayerResult]) -> dict[str, Verdict]:
    """Return the decision of each policy type, for a decision across accounts."""
    return {
        name: _VERDICTS.get(checks[layer].effect, Verdict.IMPLICIT_DENY)
        for layer, name in _TOLD.items()
        if layer in checks
    }


def _documents(simulation: Simulation, action: str, resource: str) -> dict[str, PolicyInput]:
    trust = simulation.trust(action, resource)
    own = [trust.document] if trust else []
    return {document.key: document for document in [*simulation.documents, *own]}


def _matched(
    simulation: Simulation,
    action: str,
    resource: str,
    checks: Mapping[Layer, LayerResult],
    verdict: Verdict,
) -> tuple[MatchedStatement, ...]:
    """Return the statements that determine a verdict: those that allow, or those that deny."""
    if verdict is Verdict.IMPLICIT_DENY:
        return ()
    layers = _GRANTING if verdict is Verdict.ALLOW else tuple(_TOLD)
    effect = "Allow" if verdict is Verdict.ALLOW else "Deny"
    documents = _documents(simulation, action, resource)
    return tuple(
        MatchedStatement(documents[ref.source_name], documents[ref.source_name].spans[ref.index])
        for layer in layers
        if layer in checks
        for ref in checks[layer].statements
        if ref.applied and ref.effect == effect
    )


def _missing(simulation: Simulation, action: str, resource: str) -> tuple[str, ...]:
    """Return the condition keys in all policies that have no value."""
    given = {key.lower() for key in simulation.context}
    found: dict[str, str] = {}
    for document in _documents(simulation, action, resource).values():
        for key in document.context_keys:
            if key.lower() not in given:
                found.setdefault(key.lower(), key)
    return tuple(sorted(found.values()))
