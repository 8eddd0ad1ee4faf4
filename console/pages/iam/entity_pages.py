"""The words for users, groups and roles: in URLs, operations and sentences."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.urls import reverse

from iam import quotas


@dataclass(frozen=True)
class EntityPages:
    """One type of entity: AWS's word, the names of its pages, the console's words for it.

    `deleted` is the flash bar's sentence after a deletion, `inline_limit` the quota of inline
    policies in characters.
    """

    word: str
    plural: str
    page: str
    crumb: str
    noun: str
    deleted: str
    inline_limit: int

    @property
    def parameter(self) -> str:
        """Return the parameter that names one, such as UserName."""
        return f"{self.word}Name"

    def url(self, name: str) -> str:
        return reverse(self.page, args=[name])

    def trail(self, name: str, title: str = "") -> list[tuple[str, str]]:
        listed = (self.crumb, reverse(self.plural))
        return [listed, (name, self.url(name)), (title, "")] if title else [listed, (name, "")]


USER = EntityPages(
    "User", "users", "user", "Users", "user", "User {name} deleted.", quotas.USER_INLINE_SIZE
)
GROUP = EntityPages(
    "Group",
    "groups",
    "group",
    "User groups",
    "user group",
    "{name} user group deleted.",
    quotas.GROUP_INLINE_SIZE,
)
ROLE = EntityPages(
    "Role", "roles", "role", "Roles", "role", "Role {name} deleted.", quotas.ROLE_INLINE_SIZE
)
KINDS: Mapping[str, EntityPages] = {kind.plural: kind for kind in (USER, GROUP, ROLE)}
