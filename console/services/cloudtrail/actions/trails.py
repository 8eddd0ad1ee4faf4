"""The operations on trails."""

from typing import Any

from console.services.cloudtrail.actions.tags import checked_tags
from console.services.cloudtrail.destinations import refuse_destination
from console.services.cloudtrail.models import Trail
from console.services.cloudtrail.names import named, refuse_name
from console.services.cloudtrail.queries import seen_from, trails_of
from console.services.cloudtrail.resolvers import on_all_trails, on_trail, trail_resources
from iam.arns import trail_arn
from iam.perform import Call, Params, PermissionCheck, Resolution, Result, reads, writes
from iam.wire.errors import AwsError

_MOST_TRAILS = 5
_UNSERVED = {
    "EnableLogFileValidation": "the validation of log files",
    "SnsTopicName": "SNS topics",
    "CloudWatchLogsLogGroupArn": "CloudWatch Logs",
    "CloudWatchLogsRoleArn": "CloudWatch Logs",
    "KmsKeyId": "encryption with KMS keys",
    "IsOrganizationTrail": "trails of an organization",
    "RecursiveLogging": "the choice of recursive logging",
}


def _refuse_unserved(params: Params) -> None:
    """Raise for parameters that Rolecall does not support; empty and false ones are accepted."""
    for member, what in _UNSERVED.items():
        if params.get(member):
            message = f"Rolecall does not offer {what}: leave out {member}."
            raise AwsError("UnsupportedOperationException", message, members=(member,))


def _refuse_combination(trail: Trail) -> None:
    if trail.multi_region and not trail.global_events:
        message = "Multi-Region trail must include global service events."
        raise AwsError("InvalidParameterCombinationException", message)


def _settings(trail: Trail) -> dict[str, Any]:
    """Return the fields of a trail in every result."""
    shown: dict[str, Any] = {
        "Name": trail.name,
        "S3BucketName": trail.bucket_name,
        "IncludeGlobalServiceEvents": trail.global_events,
        "IsMultiRegionTrail": trail.multi_region,
        "TrailARN": trail.arn,
        "LogFileValidationEnabled": False,
        "IsOrganizationTrail": False,
    }
    return shown | ({"S3KeyPrefix": trail.prefix} if trail.prefix else {})


def _described(trail: Trail) -> dict[str, Any]:
    return _settings(trail) | {
        "HomeRegion": trail.home_region,
        "HasCustomEventSelectors": bool(trail.advanced_selectors)
        or trail.selectors != Trail().selectors,
        "HasInsightSelectors": False,
    }


def on_new_trail(call: Call, params: Params) -> Resolution:
    """Resolve a new trail; tags need a permission of their own."""
    name, caller = params["Name"], call.caller
    refuse_name(name)
    arn = trail_arn(caller.origin.region, caller.account_id, name)
    actions = ["cloudtrail:CreateTrail"]
    if params.get("TagsList"):
        actions.append("cloudtrail:AddTags")
    return Resolution(
        checks=tuple(PermissionCheck(action, arn) for action in actions),
        resources=trail_resources(name),
    )


def _refuse_another(call: Call, name: str) -> None:
    account_id, region = call.caller.account_id, call.caller.origin.region
    seen = seen_from(trails_of(call.caller.sandbox, account_id), region)
    if seen.filter(name=name).exists():
        message = f"Trail {name} already exists for customer: {account_id}"
        raise AwsError("TrailAlreadyExistsException", message, members=("Name",))
    if seen.count() >= _MOST_TRAILS:
        message = f"User: {account_id} already has {_MOST_TRAILS} trails in {region}."
        raise AwsError("MaximumNumberOfTrailsExceededException", message)


def new_trail(call: Call, params: Params, subject: None) -> Trail:
    """Return an unsaved trail; its bucket's policy must allow CloudTrail."""
    _refuse_unserved(params)
    _refuse_another(call, params["Name"])
    trail = Trail(
        sandbox=call.caller.sandbox,
        account=call.account,
        name=params["Name"],
        home_region=call.caller.origin.region,
        bucket_name=params["S3BucketName"],
        prefix=params.get("S3KeyPrefix", ""),
        multi_region=params.get("IsMultiRegionTrail", False),
        global_events=params.get("IncludeGlobalServiceEvents", True),
        tags=checked_tags({}, params.get("TagsList", [])),
        created_at=call.caller.now,
    )
    _refuse_combination(trail)
    refuse_destination(trail, call.caller.now)
    return trail


@writes("cloudtrail:CreateTrail", on=on_new_trail, prepare=new_trail)
def create_trail(call: Call, params: Params, trail: Trail) -> Result:
    """Create a trail that does not log yet."""
    trail.save()
    return _settings(trail)


def updated_trail(call: Call, params: Params, trail: Trail) -> Trail:
    """Return the changed trail, unsaved."""
    _refuse_unserved(params)
    trail.bucket_name = params.get("S3BucketName", trail.bucket_name)
    trail.prefix = params.get("S3KeyPrefix", trail.prefix)
    trail.multi_region = params.get("IsMultiRegionTrail", trail.multi_region)
    trail.global_events = params.get("IncludeGlobalServiceEvents", trail.global_events)
    _refuse_combination(trail)
    refuse_destination(trail, call.caller.now)
    return trail


@writes("cloudtrail:UpdateTrail", on=on_trail("UpdateTrail", at_home=True), prepare=updated_trail)
def update_trail(call: Call, params: Params, trail: Trail) -> Result:
    """Change the named settings of a trail."""
    trail.save()
    return _settings(trail)


@writes("cloudtrail:DeleteTrail", on=on_trail("DeleteTrail", at_home=True))
def delete_trail(call: Call, params: Params, trail: Trail) -> None:
    """Delete a trail; its bucket and log files stay."""
    trail.delete()


@reads("cloudtrail:GetTrail", on=on_trail("GetTrail"))
def get_trail(call: Call, params: Params, trail: Trail) -> Result:
    return {"Trail": _described(trail)}


def asked_trails(call: Call, params: Params, subject: None) -> set[str]:
    return {named(call.caller, text).arn for text in params.get("trailNameList", [])}


@reads("cloudtrail:DescribeTrails", on=on_all_trails("DescribeTrails"), prepare=asked_trails)
def describe_trails(call: Call, params: Params, asked: set[str]) -> Result:
    """Return the region's trails, with the shadow trails of other regions unless excluded."""
    region = call.caller.origin.region
    rows = seen_from(trails_of(call.caller.sandbox, call.caller.account_id), region)
    if not params.get("includeShadowTrails", True):
        rows = rows.filter(home_region=region)
    return {"trailList": [_described(row) for row in rows if not asked or row.arn in asked]}


@reads("cloudtrail:ListTrails", on=on_all_trails("ListTrails"))
def list_trails(call: Call, params: Params, subject: None) -> Result:
    """Return the names of the account's trails in all regions, in one page."""
    rows = trails_of(call.caller.sandbox, call.caller.account_id)
    return {
        "Trails": [
            {"TrailARN": row.arn, "Name": row.name, "HomeRegion": row.home_region} for row in rows
        ]
    }
