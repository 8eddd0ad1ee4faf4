"""The reasons of simulated decisions: every layer and every statement."""

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from itertools import islice

from iam.actions.policy_reads import control_read, withheld_from
from iam.actions.simulation.documents import (
    BOUNDARY_POLICY,
    IAM_POLICY,
    RESOURCE_POLICY,
    PolicyInput,
)
from iam.actions.simulation.outcomes import SimulatedDecision, outcome_and_decision
from iam.actions.simulation.simulation import Simulation, simulation_of
from iam.actions.simulation.work import TooMuchWork, WorkBudget
from iam.callers import Caller
from iam.engine import Decision, Layer, explain, reason_sentence
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
    texts: dict[tuple[Layer, str], str]
    """The texts of the policies that the caller may read, by layer and the same name."""
    withheld: dict[tuple[Layer, str], str]
    """Those that the caller may not read, each with the sentence in its place."""


_LAYERS = {
    IAM_POLICY: Layer.PRINCIPAL,
    RESOURCE_POLICY: Layer.RESOURCE,
    BOUNDARY_POLICY: Layer.PERMISSIONS_BOUNDARY,
}


def _withheld(call: Call, simulation: Simulation) -> dict[tuple[Layer, str], str]:
    """Return the stored policies that the caller may not read, each with the reason."""
    trusts = [one.document for one in simulation.trusts.values()]
    reads = {
        _key(document): document.read
        for document in [*simulation.documents, *trusts]
        if document.read is not None
    }
    sources = [source for level in simulation.scps for source in level if source.arn]
    controls = {(Layer.SCP, source.name): control_read(source.arn) for source in sources}
    return withheld_from(call.caller, {**reads, **controls})


def _key(document: PolicyInput) -> tuple[Layer, str]:
    return _LAYERS[document.policy_type], document.key


def _simulated(call: Call, params: Params) -> Iterator[Reason]:
    """Explain each action on each resource, in the order of the request, until it is too much."""
    work = WorkBudget()
    subject = registry.find(call.operation).resolve(call, params).subject
    simulation = simulation_of(call, params, subject)
    withheld = _withheld(call, simulation)
    documents = {document.key: document for document in simulation.documents}
    for action in simulation.actions:
        for resource in simulation.resources:
            outcome, request, decision = outcome_and_decision(
                simulation, action, resource, explain, work
            )
            trust = simulation.trust(action, resource)
            here = [*documents.values(), *([trust.document] if trust else [])]
            names = {one.key: one.policy_id for one in here}
            if trust is not None:
                names[trust.document.key] = "Trust policy"
            texts = {_key(one): one.text for one in here if _key(one) not in withheld}
            yield Reason(
                action,
                outcome,
                decision.without_statements(lambda layer, name: (layer, name) in withheld),
                reason_sentence(request, decision, trust=trust is not None),
                trust is not None,
                names,
                texts,
                withheld,
            )


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
