"""Users, groups and roles as URLs, operations and sentences name them."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.urls import reverse


@dataclass(frozen=True)
class EntityPages:
    """One kind of entity: AWS's word, the names of its pages, the console's words for it.

    `deleted` is the bar that reports that one is gone.
    """

    word: str
    plural: str
    page: str
    crumb: str
    noun: str
    deleted: str

    @property
    def parameter(self) -> str:
        """Return the parameter that names one: UserName."""
        return f"{self.word}Name"

    def url(self, name: str) -> str:
        return reverse(self.page, args=[name])

    def trail(self, name: str, title: str = "") -> list[tuple[str, str]]:
        listed = (self.crumb, reverse(self.plural))
        return [listed, (name, self.url(name)), (title, "")] if title else [listed, (name, "")]


USER = EntityPages("User", "users", "user", "Users", "user", "User {name} deleted.")
GROUP = EntityPages(
    "Group", "groups", "group", "User groups", "user group", "{name} user group deleted."
)
ROLE = EntityPages("Role", "roles", "role", "Roles", "role", "Role {name} deleted.")
KINDS: Mapping[str, EntityPages] = {kind.plural: kind for kind in (USER, GROUP, ROLE)}
