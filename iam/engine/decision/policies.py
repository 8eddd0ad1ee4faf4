"""The policies of one evaluation, by layer."""

from dataclasses import dataclass, field, replace
from functools import cached_property

from iam.engine.decision.layer_index import LayerIndex, PolicySource
from iam.engine.decision.policy import CompiledPolicy
from iam.engine.decision.statement import EvaluationSite
from iam.engine.terms import Layer

_SITES = {bounded: EvaluationSite(bounded=bounded) for bounded in (False, True)}
_RCP_SITES = {
    bounded: EvaluationSite(names_principals=True, bounded=bounded) for bounded in (False, True)
}


@dataclass(frozen=True)
class LayerIndexes:
    """The same policies with an index over each layer; None for what is absent."""

    rcps: tuple[LayerIndex, ...]
    scps: tuple[LayerIndex, ...]
    resource: LayerIndex
    identity: LayerIndex
    boundary: LayerIndex | None
    session: LayerIndex | None

    @cached_property
    def all(self) -> tuple[LayerIndex, ...]:
        """The indexes of all layers that are there."""
        limits = tuple([one for one in (self.boundary, self.session) if one is not None])
        return (*self.rcps, *self.scps, self.resource, self.identity, *limits)

    @cached_property
    def patterns(self) -> int:
        """How much there is to compare, but for actions."""
        return sum([index.patterns for index in self.all])


@dataclass(frozen=True)
class LayeredPolicies:
    """All policies of one decision, by layer; an absent layer does not take part.

    `resource` is the trust policy of a role when `trust` is set. With `resource_must_allow` the
    resource policy, like a key's, must allow even within one account. SCPs and RCPs come as levels
    of the organization, root first; give none for an account that they do not bind. RCPs only
    deny: RCPFullAWSAccess, which allows everything, is at every level, listed or not.
    """

    identity: tuple[PolicySource, ...] = ()
    resource: PolicySource | None = None
    trust: bool = False
    resource_must_allow: bool = False
    boundary: PolicySource | None = None
    session: tuple[PolicySource, ...] = ()
    scps: tuple[tuple[PolicySource, ...], ...] = ()
    rcps: tuple[tuple[PolicySource, ...], ...] = ()
    indexed: "LayeredPolicies | None" = field(default=None, compare=False, repr=False)
    """Policies whose indexes serve here, too, unless a layer but the resource's differs."""

    def with_resource(self, source: PolicySource, *, trust: bool) -> "LayeredPolicies":
        """Return these policies with that of a resource."""
        return replace(self, resource=source, trust=trust, indexed=self)

    @cached_property
    def silence_refuses(self) -> bool:
        """Whether a resource policy that does not allow refuses even within one account."""
        return self.trust or self.resource_must_allow

    @cached_property
    def compiled(self) -> tuple[CompiledPolicy, ...]:
        """The policies of all layers."""
        alone = (one for one in (self.resource, self.boundary) if one is not None)
        levels = (one for level in (*self.scps, *self.rcps) for one in level)
        return tuple(one.policy for one in (*self.identity, *self.session, *alone, *levels))

    @cached_property
    def stacks(self) -> LayerIndexes:
        """Each layer with its index; keep the object where many requests are decided."""
        site = _SITES[self.boundary is not None]
        if self.indexed is not None and self._differs_by_resource(self.indexed):
            return replace(self.indexed.stacks, resource=self._resource(site.bounded))
        rcp_site = _RCP_SITES[site.bounded]
        return LayerIndexes(
            rcps=tuple(LayerIndex(Layer.RCP, level, rcp_site) for level in self.rcps),
            scps=tuple(LayerIndex(Layer.SCP, level, site) for level in self.scps),
            resource=self._resource(site.bounded),
            identity=LayerIndex(Layer.PRINCIPAL, self.identity, site),
            boundary=LayerIndex(Layer.PERMISSIONS_BOUNDARY, (self.boundary,), site)
            if self.boundary
            else None,
            session=LayerIndex(Layer.SESSION, self.session, site) if self.session else None,
        )

    def _differs_by_resource(self, other: "LayeredPolicies") -> bool:
        """Return whether all layers but the resource's are the very same."""
        return (
            self.identity is other.identity
            and self.boundary is other.boundary
            and self.session is other.session
            and self.scps is other.scps
            and self.rcps is other.rcps
        )

    def _resource(self, bounded: bool) -> LayerIndex:
        source = self.resource
        site = EvaluationSite(
            names_principals=True,
            is_trust=self.trust,
            bound=source.bound if source else None,
            bounded=bounded,
        )
        return LayerIndex(Layer.RESOURCE, (source,) if source else (), site)
