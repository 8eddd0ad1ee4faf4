"""Starting and stopping the logging of a trail, and its status."""

from typing import Any

from console.services.cloudtrail.deliveries import deliver, newest_event
from console.services.cloudtrail.models import Trail
from console.services.cloudtrail.resolvers import on_trail
from iam.models import Sandbox
from iam.perform import Call, Params, Result, reads, writes
from iam.trail import next_due
from iam.wire.times import iso8601


@writes("cloudtrail:StartLogging", on=on_trail("StartLogging", at_home=True))
def start_logging(call: Call, params: Params, trail: Trail) -> None:
    """Start delivering events; a trail that logs already continues."""
    if trail.logging:
        return
    sandbox = call.caller.sandbox
    trail.logging, trail.started_at = True, call.caller.now
    trail.delivered_to = newest_event(sandbox)
    trail.save(update_fields=["logging", "started_at", "delivered_to"])
    if sandbox.logs_due_at is None:
        sandbox.logs_due_at = next_due(call.caller.now)
        Sandbox.objects.filter(pk=sandbox.pk).update(logs_due_at=sandbox.logs_due_at)


@writes("cloudtrail:StopLogging", on=on_trail("StopLogging", at_home=True))
def stop_logging(call: Call, params: Params, trail: Trail) -> None:
    """Deliver the events so far, then stop."""
    if not trail.logging:
        return
    deliver(trail, call.caller.now)
    trail.logging, trail.stopped_at = False, call.caller.now
    trail.save(update_fields=["logging", "stopped_at"])


@reads("cloudtrail:GetTrailStatus", on=on_trail("GetTrailStatus"))
def get_trail_status(call: Call, params: Params, trail: Trail) -> Result:
    """Return whether a trail logs, since when, and the result of the last delivery."""
    tried, delivered = trail.attempted_at, trail.delivered_at
    status: dict[str, Any] = {
        "IsLogging": trail.logging,
        "LatestDeliveryAttemptTime": iso8601(tried) if tried else "",
        "LatestDeliveryAttemptSucceeded": iso8601(delivered) if delivered else "",
        "LatestNotificationAttemptTime": "",
        "LatestNotificationAttemptSucceeded": "",
        "TimeLoggingStarted": iso8601(trail.started_at) if trail.started_at else "",
        "TimeLoggingStopped": iso8601(trail.stopped_at) if trail.stopped_at else "",
    }
    optional = {
        "LatestDeliveryTime": delivered,
        "LatestDeliveryError": trail.delivery_error,
        "StartLoggingTime": trail.started_at,
        "StopLoggingTime": trail.stopped_at,
    }
    return status | {name: value for name, value in optional.items() if value}
