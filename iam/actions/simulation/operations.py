"""iam:SimulatePrincipalPolicy and iam:SimulateCustomPolicy."""

from iam.actions.bulk_reads import page_that_fits, paged
from iam.actions.refusals import invalid_input
from iam.actions.resource_kinds import Owner
from iam.actions.simulation.entities import on_nothing, on_source
from iam.actions.simulation.results import evaluation_result
from iam.actions.simulation.simulation import Simulation, simulation_of
from iam.actions.simulation.work import TooMuchWork, WorkBudget
from iam.perform import Call, Params, Result, reads
from iam.wire.errors import AwsError


def to_simulate(call: Call, params: Params, source: Owner | None) -> Simulation:
    """Return the simulation of a request; raises AwsError."""
    simulation = simulation_of(call, params, source)
    try:
        return paged(call, params, simulation)
    except AwsError as error:
        raise invalid_input("Invalid marker for pagination.", "Marker") from error


def _page(simulation: Simulation, params: Params) -> Result:
    """Return as many results as fit: AWS, too, may return fewer items than asked for."""
    work = WorkBudget()
    return page_that_fits(
        params,
        "EvaluationResults",
        simulation.actions,
        lambda action: evaluation_result(simulation, action, work),
        TooMuchWork,
    )


@reads("iam:SimulatePrincipalPolicy", on=on_source, prepare=to_simulate)
def simulate_principal_policy(call: Call, params: Params, simulation: Simulation) -> Result:
    """Decide actions on resources by the policies of an entity, and by further policies.

    Unlike on AWS, sts:AssumeRole on a role of the sandbox is decided by its trust policy too.
    """
    return _page(simulation, params)


@reads("iam:SimulateCustomPolicy", on=on_nothing, prepare=to_simulate)
def simulate_custom_policy(call: Call, params: Params, simulation: Simulation) -> Result:
    return _page(simulation, params)
