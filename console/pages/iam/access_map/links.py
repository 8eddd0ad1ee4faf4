"""The links of principals, and of questions about them."""

from urllib.parse import urlencode

from django.urls import reverse
from django.utils.safestring import SafeString

from console.ui.markup import escaped
from iam.analysis import RoleAccess, WorldPrincipal


def page_of(someone: WorldPrincipal) -> str:
    return reverse(someone.kind, args=[someone.name]) if someone.key else ""


def ways_markup(access: RoleAccess, links: dict[str, str]) -> SafeString:
    """Return who gets into a role; `links` are those of principals that were written before."""
    items = []
    for way in access.ways:
        link = links.get(way.someone.arn)
        if link is None:
            url, name = escaped(page_of(way.someone)), escaped(way.someone.name)
            link = links[way.someone.arn] = f'<a href="{url}">{name}</a>'
        needs = f", with {' and '.join(way.needs)}" if way.needs else ""
        note = f'<span class="muted small">{way.someone.kind}{escaped(needs)}</span>'
        items.append(f"<li>{link} {note}</li>")
    return SafeString(f'<ul class="list-plain">{"".join(items)}</ul>' if items else "")


def simulator_url(someone: WorldPrincipal, action: str, resource: str) -> str:
    """Return the address of the simulator with a question filled in; empty for the root user."""
    if someone.key is None:
        return ""
    asked = {"source": someone.arn, "action": action}
    if resource != "*":
        asked["resource"] = resource
    return f"{reverse('simulator')}?{urlencode(asked)}"
