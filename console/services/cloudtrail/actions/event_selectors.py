"""The event selectors of a trail."""

from typing import Any

from console.services.cloudtrail.models import Trail
from console.services.cloudtrail.resolvers import on_trail
from console.services.cloudtrail.selectors import checked, checked_advanced
from iam.perform import Call, Params, PermissionCheck, Resolution, Result, reads, writes
from iam.wire.errors import AwsError


def _shown(trail: Trail) -> dict[str, Any]:
    if trail.advanced_selectors:
        return {"TrailARN": trail.arn, "AdvancedEventSelectors": trail.advanced_selectors}
    return {"TrailARN": trail.arn, "EventSelectors": trail.selectors}


def with_selectors(call: Call, params: Params, trail: Trail) -> Trail:
    """Prepare to set valid selectors, basic or advanced."""
    basic, advanced = params.get("EventSelectors"), params.get("AdvancedEventSelectors")
    if (basic is None) == (advanced is None):
        message = "Either EventSelectors or AdvancedEventSelectors must be specified, not both."
        raise AwsError("InvalidEventSelectorsException", message)
    if basic is not None:
        trail.selectors, trail.advanced_selectors = checked(basic), []
    else:
        trail.advanced_selectors = checked_advanced(advanced or [])
    return trail


@writes(
    "cloudtrail:PutEventSelectors",
    on=on_trail("PutEventSelectors", "TrailName", at_home=True),
    prepare=with_selectors,
)
def put_event_selectors(call: Call, params: Params, trail: Trail) -> Result:
    """Set a trail's basic or advanced selectors, which replace each other."""
    trail.save(update_fields=["selectors", "advanced_selectors"])
    return _shown(trail)


@reads("cloudtrail:GetEventSelectors", on=on_trail("GetEventSelectors", "TrailName"))
def get_event_selectors(call: Call, params: Params, trail: Trail) -> Result:
    return _shown(trail)


def without_insights(call: Call, params: Params, trail: Trail) -> Any:
    """Refuse the Insights selectors of a trail, none of which has any."""
    message = (
        f"Trail {trail.arn} does not have Insights enabled. Edit the trail settings to enable "
        "Insights, and then try the operation again."
    )
    raise AwsError("InsightNotEnabledException", message)


_of_trail = on_trail("GetInsightSelectors", "TrailName")


def on_trail_or_store(call: Call, params: Params) -> Resolution:
    """Resolve a trail, or an event data store, of which there are none; the words are inferred."""
    store = params.get("EventDataStore")
    if (store is None) == ("TrailName" not in params):
        message = "Either TrailName or EventDataStore must be specified, not both."
        raise AwsError("InvalidParameterCombinationException", message)
    if store is None:
        return _of_trail(call, params)
    missing = AwsError("EventDataStoreNotFoundException", f"Unknown event data store: {store}")
    check = PermissionCheck("cloudtrail:GetInsightSelectors", store)
    return Resolution((check,), missing=missing)


@reads(
    "cloudtrail:GetInsightSelectors",
    on=on_trail_or_store,
    prepare=without_insights,
)
def get_insight_selectors(call: Call, params: Params, found: None) -> Result:
    return {}
