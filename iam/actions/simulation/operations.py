"""iam:SimulatePrincipalPolicy and iam:SimulateCustomPolicy."""

from iam.actions.bulk_reads import page_of
from iam.actions.refusals import invalid_input
from iam.actions.simulation.entities import on_nothing, on_source
from iam.actions.simulation.results import evaluation_result
from iam.actions.simulation.scenario import Scenario, scenario_of
from iam.actions.subjects import Owner
from iam.perform import Call, Params, Result, reads
from iam.wire.errors import AwsError

_PAGE = 100
_MOST_DECISIONS = 10_000
"""A page ends before it makes more: AWS, too, may return fewer items than asked for."""


def _page(scenario: Scenario, params: Params) -> Result:
    fitting = max(1, _MOST_DECISIONS // len(scenario.resources))
    size = min(params.get("MaxItems", _PAGE), fitting)
    try:
        return page_of(
            {**params, "MaxItems": size},
            "EvaluationResults",
            scenario.actions,
            lambda action: evaluation_result(scenario, action),
        )
    except AwsError as error:
        if error.code == "ValidationError":
            raise invalid_input("Invalid marker for pagination.") from error
        raise


@reads("iam:SimulatePrincipalPolicy", on=on_source)
def simulate_principal_policy(call: Call, params: Params, source: Owner) -> Result:
    """Decide actions on resources by the policies of a user, group or role, and by more policies.

    Unlike AWS's, the simulation of sts:AssumeRole on a role of the sandbox asks its trust policy.
    """
    return _page(scenario_of(call, params, source), params)


@reads("iam:SimulateCustomPolicy", on=on_nothing)
def simulate_custom_policy(call: Call, params: Params, _: None) -> Result:
    """Decide actions on resources by policies that are given as text."""
    return _page(scenario_of(call, params, None), params)
