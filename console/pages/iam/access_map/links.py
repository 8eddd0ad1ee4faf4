"""The links of principals, and of questions about them, in the consoles of their accounts."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import urlencode

from django.urls import get_script_prefix, reverse
from django.utils.safestring import SafeString

from console.ui.markup import escaped
from iam.analysis import RoleAccess, WorldPrincipal


@dataclass(frozen=True)
class AccountLinks:
    """Where the pages of each account are; `prefixes` are those of the browser's consoles.

    An account without a console has no pages to link to.
    """

    prefixes: Mapping[str, str]
    written: dict[str, str] = field(default_factory=dict)

    def page(self, kind: str, name: str, account_id: str) -> str:
        return self._in(account_id, reverse(kind, args=[name]))

    def page_of(self, someone: WorldPrincipal) -> str:
        return self.page(someone.kind, someone.name, someone.account_id) if someone.key else ""

    def simulator(self, someone: WorldPrincipal, action: str, resource: str) -> str:
        return self._in(someone.account_id, simulator_url(someone, action, resource))

    def _in(self, account_id: str, url: str) -> str:
        prefix = self.prefixes.get(account_id, "")
        return prefix + url.removeprefix(get_script_prefix()) if prefix and url else ""

    def ways_markup(self, access: RoleAccess) -> SafeString:
        """Return who gets into a role; whoever is of another account has its ID beside."""
        items = []
        for way in access.ways:
            someone = way.someone
            link = self.written.get(someone.arn)
            if link is None:
                url, name = escaped(self.page_of(someone)), escaped(someone.name)
                link = f'<a href="{url}">{name}</a>' if url else name
                self.written[someone.arn] = link
            needs = f", with {' and '.join(way.needs)}" if way.needs else ""
            other = someone.account_id != access.role.account.account_id
            of = f" of {someone.account_id}" if other else ""
            note = f'<span class="muted small">{someone.kind}{escaped(of + needs)}</span>'
            items.append(f"<li>{link} {note}</li>")
        return SafeString(f'<ul class="list-plain">{"".join(items)}</ul>' if items else "")


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
