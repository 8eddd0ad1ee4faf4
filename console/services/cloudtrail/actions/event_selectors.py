"""The event selectors of a trail."""

from typing import Any

from console.services.cloudtrail.models import Trail
from console.services.cloudtrail.resolvers import on_trail, on_trail_or_store
from console.services.cloudtrail.selectors import checked, checked_advanced
from iam.perform import Call, Params, Result, reads, writes
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


@reads(
    "cloudtrail:GetInsightSelectors",
    on=on_trail_or_store("GetInsightSelectors"),
    prepare=without_insights,
)
def get_insight_selectors(call: Call, params: Params, found: None) -> Result:
    return {}


@reads("cloudtrail:GetEventConfiguration", on=on_trail_or_store("GetEventConfiguration"))
def get_event_configuration(call: Call, params: Params, trail: Trail) -> Result:
    """Return that a trail's events have neither more in them nor a summary beside them."""
    return {"TrailARN": trail.arn, "AggregationConfigurations": []}
