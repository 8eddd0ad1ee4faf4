"""The policies that apply to a request, each with where it comes from."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from iam.engine.policy import Policy


@dataclass(frozen=True)
class Source:
    """A policy and how to name it; `bound` maps principal ARNs as written to unique IDs."""

    policy: Policy
    name: str
    arn: str = ""
    bound: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Policies:
    """All policies of one evaluation, by layer; what is absent does not take part.

    `resource` is the trust policy of a role when `trust` is set; with `resource_must_allow` its
    owner says that, as a key's, it must allow even within one account. SCPs and RCPs come as
    levels of the organization, root first; give none for an account that they do not bind.
    """

    identity: tuple[Source, ...] = ()
    resource: Source | None = None
    trust: bool = False
    resource_must_allow: bool = False
    boundary: Source | None = None
    session: tuple[Source, ...] = ()
    scps: tuple[tuple[Source, ...], ...] = ()
    rcps: tuple[tuple[Source, ...], ...] = ()

    @property
    def silence_refuses(self) -> bool:
        """Whether a resource policy that does not allow refuses even within one account."""
        return self.trust or self.resource_must_allow
