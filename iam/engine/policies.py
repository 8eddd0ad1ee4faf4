"""The policies of one evaluation, by layer."""

from dataclasses import dataclass
from functools import cached_property

from iam.engine.sources import Source
from iam.engine.stack import Stack
from iam.engine.statement import Site
from iam.engine.terms import Layer


@dataclass(frozen=True, slots=True)
class Stacks:
    """The same policies with an index over each layer; None for what is absent."""

    rcps: tuple[Stack, ...]
    scps: tuple[Stack, ...]
    resource: Stack
    identity: Stack
    boundary: Stack | None
    session: Stack | None


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

    @cached_property
    def silence_refuses(self) -> bool:
        """Whether a resource policy that does not allow refuses even within one account."""
        return self.trust or self.resource_must_allow

    @cached_property
    def stacks(self) -> Stacks:
        """Each layer with its index: worth keeping where many requests are decided."""
        site = Site(bounded=self.boundary is not None)
        rcp_site = Site(names_principals=True, bounded=site.bounded)
        return Stacks(
            rcps=tuple(Stack(Layer.RCP, level, rcp_site) for level in self.rcps),
            scps=tuple(Stack(Layer.SCP, level, site) for level in self.scps),
            resource=self._resource(site.bounded),
            identity=Stack(Layer.PRINCIPAL, self.identity, site),
            boundary=Stack(Layer.PERMISSIONS_BOUNDARY, (self.boundary,), site)
            if self.boundary
            else None,
            session=Stack(Layer.SESSION, self.session, site) if self.session else None,
        )

    def _resource(self, bounded: bool) -> Stack:
        source = self.resource
        site = Site(
            names_principals=True,
            is_trust=self.trust,
            bound=source.bound if source else None,
            bounded=bounded,
        )
        return Stack(Layer.RESOURCE, (source,) if source else (), site)
