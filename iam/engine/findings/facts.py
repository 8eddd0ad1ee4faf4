"""The facts about AWS's services that findings use; the engine itself has none."""

from collections.abc import Collection
from typing import Protocol


class Facts(Protocol):
    """The facts of a catalogue about AWS; names are written as AWS writes them."""

    @property
    def regions(self) -> Collection[str]:
        """Regions, such as `eu-west-1`."""

    @property
    def services(self) -> Collection[str]:
        """Service prefixes, such as `sts`, in lower case."""

    def has_action(self, service: str, name: str) -> bool:
        """Whether a service has an action of a name, in any case."""

    def actions(self, service: str) -> Collection[str]:
        """The names of a service's actions, without the prefix."""

    def arn_formats(self, service: str) -> Collection[str]:
        """ARNs of a service's resources with places to fill in, such as `${Account}`."""

    def key_type(self, key: str) -> str:
        """`String`, `ARN`, `Bool`, `Date`, `Numeric`, `IPAddress`, `ArrayOf…`; empty if unknown."""

    def unknown_service_hint(self, principal: str) -> str | None:
        """What to say of a service principal that is not known; None for one that is."""

    def action_keys(self, action: str) -> Collection[str] | None:
        """The condition keys that an action, or a resource of it, supplies; None if unknown."""
