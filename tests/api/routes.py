"""Every route of the API, from its schema: a new one is tested without a line here."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from console.api.schema import api_schema, routes_of

_NAMED = re.compile(r"\{(\w+)\}")


@dataclass(frozen=True)
class ApiRoute:
    """A method of an address, with the scope that it asks for."""

    method: str
    path: str
    scope: str

    @property
    def id(self) -> str:
        return f"{self.method} {self.path}"

    @property
    def names(self) -> list[str]:
        return _NAMED.findall(self.path)

    def address(self, values: Mapping[str, object]) -> str:
        """Return the address below /api/; what has no value is `1`."""
        filled = _NAMED.sub(lambda found: str(values.get(found[1], "1")), self.path)
        return filled.removeprefix("/api/")


def api_routes() -> Iterator[ApiRoute]:
    """Yield every method of every address."""
    for _, route in routes_of(api_schema()):
        yield ApiRoute(route.method, route.path, route.scope)


ROUTES = list(api_routes())
