"""Whether a call of the event history is explained to the visitor."""

from django.urls import reverse

from console.labs.rules import Tool, rules_of
from console.pages.cloudtrail.rows import EventRow
from console.signin.console import Console


def why_url(console: Console, row: EventRow) -> str:
    """Return the page that explains this call; empty if the visitor may not see it."""
    principal = row.record.get("userIdentity", {})
    decided = row.recorded("eventType") == "AwsApiCall" and principal.get("type") != "AWSAccount"
    own = principal.get("principalId") in console.principal_ids
    explained = rules_of(console.sandbox, console.caller.visit).allows(Tool.WHY)
    shown = explained and decided and (own or console.sees_all)
    return reverse("why", args=[row.id]) if shown else ""
