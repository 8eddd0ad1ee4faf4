"""Resolvers of Access Analyzer's operations."""

from console.services.accessanalyzer.analyzers import Analyzer, analyzers_of
from console.services.accessanalyzer.errors import no_such
from iam.arns import analyzer_arn
from iam.authorization import ContextValue
from iam.perform import Call, Params, PermissionCheck, Resolution

ACTIONS = {
    "access-analyzer:ListFindingsV2": "access-analyzer:ListFindings",
    "access-analyzer:GetFindingV2": "access-analyzer:GetFinding",
}
"""The permissions of operations that have none of their own name."""


def own_analyzers(call: Call) -> list[Analyzer]:
    return analyzers_of(call.account, call.caller.origin.region)


def _checked(call: Call, arn: str, found: Analyzer | None, member: str) -> Resolution:
    tags = found.tags if found else {}
    context: dict[str, ContextValue] = {f"aws:ResourceTag/{k}": v for k, v in tags.items()}
    action = ACTIONS.get(call.operation, call.operation)
    return Resolution(
        checks=(PermissionCheck(action, arn, context=context),),
        subject=found,
        missing=None if found else no_such("Analyzer", member),
    )


def on_named(call: Call, params: Params) -> Resolution:
    """Resolve an analyzer of the caller's Region by its name."""
    name = params["analyzerName"]
    found = next((one for one in own_analyzers(call) if one.name == name), None)
    arn = analyzer_arn(call.caller.origin.region, call.caller.account_id, name)
    return _checked(call, arn, found, "analyzerName")


def on_arn(call: Call, params: Params) -> Resolution:
    """Resolve an analyzer of the caller's Region by its ARN."""
    arn = params["analyzerArn"]
    found = next((one for one in own_analyzers(call) if one.arn == arn), None)
    return _checked(call, arn, found, "analyzerArn")


def on_all(call: Call, params: Params) -> Resolution:
    return Resolution(checks=(PermissionCheck(call.operation, "*"),))


def on_new(call: Call, params: Params) -> Resolution:
    """Resolve a new analyzer by its future ARN."""
    arn = analyzer_arn(call.caller.origin.region, call.caller.account_id, params["analyzerName"])
    tags = params.get("tags", {})
    context: dict[str, ContextValue] = {f"aws:RequestTag/{k}": v for k, v in tags.items()}
    if tags:
        context["aws:TagKeys"] = tuple(tags)
    return Resolution(checks=(PermissionCheck(call.operation, arn, context=context),))
