"""The reasons of simulated decisions: every layer and every statement."""

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from itertools import islice

from iam.actions.simulation.outcomes import SimulatedDecision, outcome_and_decision
from iam.actions.simulation.simulation import simulation_of
from iam.actions.simulation.work import TooMuchWork, WorkBudget
from iam.callers import Caller
from iam.engine import Decision, explain, reason_sentence
from iam.perform import Call, Params, Result, perform
from iam.perform.registry import registry
from iam.wire.validation import validate


@dataclass(frozen=True)
class Reason:
    """One action on one resource, with the whole decision.

    `trust`: the resource's policy is a role's trust policy.
    """

    action: str
    outcome: SimulatedDecision
    decision: Decision
    sentence: str
    trust: bool
    names: dict[str, str]
    """AWS's names of the policies, by what the decision calls them."""
    texts: dict[str, str]
    """The texts of the policies that came with the request, by the same."""


def _simulated(call: Call, params: Params) -> Iterator[Reason]:
    """Explain each action on each resource, in the order of the request, until it is too much."""
    work = WorkBudget()
    subject = registry.find(call.operation).resolve(call, params).subject
    simulation = simulation_of(call, params, subject)
    names = {document.key: document.policy_id for document in simulation.documents}
    typed = {
        text
        for member in ("PolicyInputList", "PermissionsBoundaryPolicyInputList")
        for text in params.get(member, ())
    } | {params.get("ResourcePolicy", "")}
    texts = {one.key: one.text for one in simulation.documents if one.text in typed}
    for action in simulation.actions:
        for resource in simulation.resources:
            outcome, request, decision = outcome_and_decision(
                simulation, action, resource, explain, work
            )
            trust = simulation.trust(action, resource)
            if trust is not None:
                names[trust.document.key] = "Trust policy"
            sentence = reason_sentence(request, decision, trust=trust is not None)
            yield Reason(action, outcome, decision, sentence, trust is not None, names, texts)


def reasons(
    caller: Caller, operation: str, params: Params, most: int = 200
) -> tuple[Result, list[Reason]]:
    """Perform a simulation and return its result with the reasons of its first decisions.

    Raises AwsError as the simulation does, for a caller that may not simulate as well.
    """
    result = perform(caller, operation, params)
    validated = validate(operation, params)
    call = Call(caller, operation, validated)
    found: list[Reason] = []
    with suppress(TooMuchWork):
        found.extend(islice(_simulated(call, validated), most))
    return result, found
