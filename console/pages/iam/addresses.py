"""The names of users, groups, roles and inline policies in addresses."""

from django.urls import register_converter
from django.urls.converters import StringConverter

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


register_converter(NameConverter, "entity")
NAME = "<entity:name>"
INLINE_POLICY = "<entity:policy>"
