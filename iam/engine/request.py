"""The request of a decision."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Final, Literal

from iam.arns import SERVICE_LINKED_PATH, split_arn

PrincipalKind = Literal[
    "root", "user", "role", "federated-user", "service", "web-identity", "saml", "anonymous"
]
Keys = Mapping[str, tuple[str, ...]]
"""A request context with keys in lower case; a key without values is absent."""

_SERVICE_LINKED = f":role{SERVICE_LINKED_PATH}"


def keys_of(context: Mapping[str, str | tuple[str, ...]]) -> Keys:
    """Return the keys of a context in lower case, every value a tuple."""
    return {
        key.lower(): (value,) if isinstance(value, str) else tuple(value)
        for key, value in context.items()
    }


def longest_of(keys: Keys) -> int:
    """Return the most characters that the values of a key have."""
    return max([sum(map(len, values)) for values in keys.values()], default=0)


class SharedContext(dict[str, str | tuple[str, ...]]):
    """A context of many requests, or one that adds some keys to it: the rest is spelled once."""

    def __init__(
        self,
        own: Mapping[str, str | tuple[str, ...]],
        base: "SharedContext | None" = None,
    ) -> None:
        super().__init__(own if base is None else {**base, **own})
        self._own, self._base = own, base

    @cached_property
    def lowered(self) -> Keys:
        """The keys in lower case, as `keys_of` returns them."""
        own = keys_of(self._own)
        return own if self._base is None else {**self._base.lowered, **own}

    @cached_property
    def longest(self) -> int:
        """At most how many characters the values of a key have."""
        own = longest_of(keys_of(self._own))
        return own if self._base is None else max(self._base.longest, own)


@dataclass(frozen=True)
class Principal:
    """The principal of a request.

    A role session carries its own ARN and ID in `arn` and `unique_id` (AROA…:session) and those
    of its role in `role_arn` (with the path) and `role_id`. A federated user carries there the
    ARN and ID of the IAM user who called GetFederationToken.
    """

    kind: PrincipalKind
    account: str = ""
    arn: str = ""
    unique_id: str = ""
    role_arn: str = ""
    role_id: str = ""
    provider: str = ""
    services: tuple[str, ...] = ()
    canonical_id: str = ""

    @cached_property
    def has_identity_policies(self) -> bool:
        """Whether the account's identity side (policies, boundary, SCPs) applies to it at all."""
        return self.kind in {"root", "user", "role", "federated-user"}

    @cached_property
    def service_linked(self) -> bool:
        """Whether it is a service-linked role, which SCPs and RCPs never restrict."""
        return self.kind == "role" and _SERVICE_LINKED in self.role_arn


@dataclass(slots=True)
class Request:
    """One action on one resource; `context` maps condition keys to a value or several."""

    # Final instead of frozen: a frozen dataclass takes several times as long to make.
    principal: Final[Principal]
    action: Final[str]
    resource: Final[str]
    resource_account: Final[str] = ""
    context: Final[Mapping[str, str | tuple[str, ...]]] = field(default_factory=dict)
    action_key: str = field(init=False, repr=False, compare=False)
    """The action in lower case: AWS matches actions without case."""
    same_account: bool = field(init=False, repr=False, compare=False)
    """Whether principal and resource are of one account."""
    _keys: Keys | None = field(default=None, init=False, repr=False, compare=False)
    _resource_fields: list[str] | None = field(default=None, init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        self.action_key = self.action.lower()
        self.same_account = (
            not self.resource_account or self.resource_account == self.principal.account
        )

    @property
    def keys(self) -> Keys:
        """The context with keys in lower case and every value a tuple."""
        if self._keys is None:
            context = self.context
            self._keys = context.lowered if isinstance(context, SharedContext) else keys_of(context)
        return self._keys

    @property
    def longest(self) -> int:
        """At most how many characters the values of a key have."""
        context = self.context
        return context.longest if isinstance(context, SharedContext) else longest_of(self.keys)

    @property
    def resource_fields(self) -> list[str]:
        """The fields of the resource's ARN; one field when it is `*`."""
        if self._resource_fields is None:
            self._resource_fields = split_arn(self.resource)
        return self._resource_fields
