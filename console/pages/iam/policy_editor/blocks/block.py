"""The blocks of the visual editor: one for each service, with actions, resources, conditions."""

from collections.abc import Iterable
from dataclasses import dataclass

from iam.catalogue import Action, ResourceType, Service, matches, services
from iam.catalogue import service as catalogue_service

ALL_SERVICES = "*"
MOST_BLOCKS = 500
ACCESS_LEVELS = ("List", "Read", "Write", "Permissions management", "Tagging")

MFA_OPERATOR, MFA_KEY = "Bool", "aws:MultiFactorAuthPresent"
IP_OPERATOR, IP_KEY = "IpAddress", "aws:SourceIp"


@dataclass(frozen=True)
class BlockCondition:
    """One condition; the operator has its qualifier and `IfExists` as a document writes them."""

    operator: str
    key: str
    values: tuple[str, ...]

    @property
    def is_mfa(self) -> bool:
        """Return whether this is the check box *User is MFA authenticated*."""
        return self == BlockCondition(MFA_OPERATOR, MFA_KEY, ("true",))

    @property
    def is_source_ip(self) -> bool:
        return (self.operator, self.key) == (IP_OPERATOR, IP_KEY)


MFA = BlockCondition(MFA_OPERATOR, MFA_KEY, ("true",))


@dataclass(frozen=True)
class Block:
    """A service's permissions: `service` is its prefix, empty while none is chosen.

    `actions` are names of this edition's catalogue (`AssumeRole`); `manual` are whole actions that
    it lacks or that hold wildcards (`sts:AssumeRoot`, `s3:Get*`). `arns` count only while
    `any_resource` is false.
    """

    service: str = ""
    effect: str = "Allow"
    all_actions: bool = False
    actions: tuple[str, ...] = ()
    manual: tuple[str, ...] = ()
    any_resource: bool = False
    arns: tuple[str, ...] = ()
    conditions: tuple[BlockCondition, ...] = ()

    @property
    def is_untouched(self) -> bool:
        return self == Block(effect=self.effect)

    @property
    def has_actions(self) -> bool:
        return self.all_actions or bool(self.actions or self.manual)


def catalogue_of(block: Block) -> Service | None:
    return catalogue_service(block.service) if block.service else None


def service_name(prefix: str) -> str:
    """Return what the console calls the service: `STS`; an unknown prefix is its own name."""
    if prefix == ALL_SERVICES:
        return "All services"
    found = catalogue_service(prefix) if prefix else None
    return found.name if found else prefix


def service_typed(text: str) -> Service | None:
    """Return the one service that a text names: by its prefix, else by words of its name."""
    exact = catalogue_service(text)
    found = [exact] if exact else [s for s in services() if matches(text, f"{s.name} {s.title}")]
    return found[0] if len(found) == 1 else None


def all_pattern(prefix: str) -> str:
    return "*" if prefix == ALL_SERVICES else f"{prefix}:*"


def action_named(prefix: str, name: str) -> Action | None:
    """Return the catalogue's action of a name, in any case."""
    found = catalogue_service(prefix) if prefix != ALL_SERVICES else None
    wanted = name.lower()
    return next((a for a in found.actions if a.name.lower() == wanted), None) if found else None


def ticked(block: Block) -> tuple[Action, ...]:
    """Return the catalogue's actions that are ticked, in the catalogue's order."""
    found = catalogue_of(block)
    chosen = set(block.actions)
    return tuple(a for a in found.actions if a.name in chosen) if found else ()


def resource_types(block: Block) -> tuple[ResourceType, ...]:
    """Return the resource types that the block's actions can be limited to."""
    found = catalogue_of(block)
    if found is None:
        return ()
    if block.all_actions or block.manual:
        return found.resource_types
    named = {name for action in ticked(block) for name in action.resource_types}
    return tuple(kind for kind in found.resource_types if kind.name in named)


def unique(values: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(values))
