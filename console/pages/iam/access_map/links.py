"""The links of principals, and of questions about them."""

from urllib.parse import urlencode

from django.urls import reverse

from iam.analysis import WorldPrincipal


def page_of(someone: WorldPrincipal) -> str:
    return reverse(someone.kind, args=[someone.name]) if someone.key else ""


def simulator_url(someone: WorldPrincipal, action: str, resource: str) -> str:
    """Return the address of the simulator with a question filled in; empty for the root user."""
    if someone.key is None:
        return ""
    asked = {"source": someone.arn, "action": action}
    if resource != "*":
        asked["resource"] = resource
    return f"{reverse('simulator')}?{urlencode(asked)}"
