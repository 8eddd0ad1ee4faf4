"""Simulated decisions in AWS's output shapes: one for each action, with one for each resource."""

from collections.abc import Iterable, Sequence

from iam.actions.simulation.outcomes import MatchedStatement, SimulatedDecision, outcome_of
from iam.actions.simulation.resource_types import template_for
from iam.actions.simulation.simulation import Simulation
from iam.actions.simulation.work import WorkBudget
from iam.engine import Verdict
from iam.perform import Result

_STRICTEST = (Verdict.EXPLICIT_DENY, Verdict.IMPLICIT_DENY, Verdict.ALLOW)


def _strictest(verdicts: Iterable[Verdict]) -> Verdict:
    return min(verdicts, key=_STRICTEST.index)


def _statement(matched: MatchedStatement) -> Result:
    span = matched.span
    return {
        "SourcePolicyId": matched.document.policy_id,
        "SourcePolicyType": matched.document.policy_type,
        "StartPosition": {"Line": span.start_line, "Column": span.start_column},
        "EndPosition": {"Line": span.end_line, "Column": span.end_column},
    }


def _limits(outcomes: Sequence[SimulatedDecision]) -> Result:
    """Return the results of boundary and organization, which must allow all resources."""
    limits: Result = {}
    boundary = [one.allowed_by_boundary for one in outcomes if one.allowed_by_boundary is not None]
    if boundary:
        detail = {"AllowedByPermissionsBoundary": all(boundary)}
        limits["PermissionsBoundaryDecisionDetail"] = detail
    return limits


def _details(outcomes: Sequence[SimulatedDecision]) -> dict[str, str]:
    found: dict[str, list[Verdict]] = {}
    for outcome in outcomes:
        for name, verdict in outcome.details.items():
            found.setdefault(name, []).append(verdict)
    return {name: _strictest(verdicts).value for name, verdicts in found.items()}


def _of_resource(outcome: SimulatedDecision) -> Result:
    result: Result = {
        "EvalResourceName": outcome.resource,
        "EvalResourceDecision": outcome.verdict.value,
        **_limits([outcome]),
    }
    if outcome.matched:
        result["MatchedStatements"] = [_statement(one) for one in outcome.matched]
    if outcome.missing:
        result["MissingContextValues"] = list(outcome.missing)
    if outcome.details:
        result["EvalDecisionDetails"] = _details([outcome])
    return result


def _resource_name(simulation: Simulation, action: str) -> str:
    """Return the resource if there is only one, else the template of their type."""
    first = simulation.resources[0]
    return first if len(simulation.resources) == 1 else template_for(action, first)


def evaluation_result(simulation: Simulation, action: str, work: WorkBudget) -> Result:
    """Simulate an action on every resource; the action's decision is the strictest.

    Raises TooMuchWork if that takes more than is left.
    """
    outcomes = [outcome_of(simulation, action, resource, work) for resource in simulation.resources]
    matched = dict.fromkeys(one for outcome in outcomes for one in outcome.matched)
    missing = dict.fromkeys(key for outcome in outcomes for key in outcome.missing)
    result: Result = {
        "EvalActionName": action,
        "EvalResourceName": _resource_name(simulation, action),
        "EvalDecision": _strictest(outcome.verdict for outcome in outcomes).value,
        "MatchedStatements": [_statement(one) for one in matched],
        "MissingContextValues": list(missing),
        **_limits(outcomes),
    }
    organizations = [one.allowed_by_organizations for one in outcomes]
    if None not in organizations:
        result["OrganizationsDecisionDetail"] = {"AllowedByOrganizations": all(organizations)}
    if simulation.names_resources:
        if not any(one is False for one in organizations):
            result["EvalDecisionDetails"] = _details(outcomes)
        result["ResourceSpecificResults"] = [_of_resource(outcome) for outcome in outcomes]
    return result
