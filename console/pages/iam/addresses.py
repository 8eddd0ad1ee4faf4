"""How users, groups, roles and inline policies are named in addresses."""

from django.urls import register_converter
from django.urls.converters import StringConverter

# What stands beside the names: /iam/users/create is the wizard, not a user named `create`.
_PAGES = frozenset({"create", "delete"})


class NameConverter(StringConverter):
    """A name; one that an address of the console has already gets a colon, which no name has."""

    def to_python(self, value: str) -> str:
        """Return the name: `:create` is `create`."""
        bare = value.removeprefix(":")
        return bare if bare in _PAGES else value

    def to_url(self, value: str) -> str:
        return f":{value}" if value in _PAGES else str(value)


register_converter(NameConverter, "entity")
NAME = "<entity:name>"
INLINE_POLICY = "<entity:policy>"
