"""The names of users, groups, roles and inline policies in addresses."""

from django.urls import register_converter
from django.urls.converters import StringConverter

from console.pages.iam.entity_pages import KINDS, EntityPages

# Words that addresses have in the place of a name: /iam/users/create is the wizard.
_PAGES = frozenset({"create", "delete"})


class NameConverter(StringConverter):
    """A name in an address. A word of the console's own addresses gets a colon before it."""

    def to_python(self, value: str) -> str:
        """Return the name; `:create` stands for `create`."""
        bare = value.removeprefix(":")
        return bare if bare in _PAGES else value

    def to_url(self, value: str) -> str:
        return f":{value}" if value in _PAGES else str(value)


class KindConverter:
    """A type of entity in an address: `users`, `groups` or `roles`."""

    regex = "|".join(KINDS)

    def to_python(self, value: str) -> EntityPages:
        return KINDS[value]

    def to_url(self, value: str) -> str:
        return value


register_converter(NameConverter, "entity")
register_converter(KindConverter, "kind")
NAME = "<entity:name>"
KIND = "<kind:kind>"
INLINE_POLICY = "<entity:policy>"
