"""What each layer of policies says about a request, before they are weighed together."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from iam.engine.decision import StatementRef
from iam.engine.elements.principals import Grant
from iam.engine.request import Request
from iam.engine.sources import Policies, Source
from iam.engine.statement import Site, Statement
from iam.engine.terms import Effect, Layer


@dataclass(slots=True)
class Finding:
    """What a layer's statements say: those that allow, those that deny, and the rest."""

    layer: Layer
    allowed: bool = False
    """Whether the layer allows: one statement, for SCPs and RCPs one a level."""
    allows: list[StatementRef] = field(default_factory=list)
    denies: list[StatementRef] = field(default_factory=list)
    others: list[StatementRef] = field(default_factory=list)
    grant: Grant = Grant.NONE
    """How directly a resource policy's Allow reaches the caller."""


def layer_findings(request: Request, policies: Policies, *, detailed: bool) -> dict[Layer, Finding]:
    """Evaluate every layer that takes part, in the order of the flow chart."""
    site = Site(bounded=policies.boundary is not None)
    found: dict[Layer, Finding] = {}
    principal = request.principal
    if policies.rcps and not principal.service_linked:
        rcp_site = Site(names_principals=True, bounded=site.bounded)
        found[Layer.RCP] = _levels(Layer.RCP, policies.rcps, request, rcp_site, detailed)
    if policies.scps and principal.has_identity_policies and not principal.service_linked:
        found[Layer.SCP] = _levels(Layer.SCP, policies.scps, request, site, detailed)
    if policies.resource is not None or policies.silence_refuses or not request.same_account:
        found[Layer.RESOURCE] = _resource(request, policies, detailed)
    if not principal.has_identity_policies:
        found.setdefault(Layer.RESOURCE, Finding(Layer.RESOURCE))
        return found
    found[Layer.PRINCIPAL] = _one(Layer.PRINCIPAL, policies.identity, request, site, detailed)
    if principal.kind == "root":
        found[Layer.PRINCIPAL].allowed = True
    if policies.boundary is not None:
        boundary = (policies.boundary,)
        found[Layer.PERMISSIONS_BOUNDARY] = _one(
            Layer.PERMISSIONS_BOUNDARY, boundary, request, site, detailed
        )
    if policies.session:
        found[Layer.SESSION] = _one(Layer.SESSION, policies.session, request, site, detailed)
    return found


def _resource(request: Request, policies: Policies, detailed: bool) -> Finding:
    source = policies.resource
    if source is None:
        return Finding(Layer.RESOURCE)
    site = Site(
        names_principals=True,
        is_trust=policies.trust,
        bound=source.bound,
        bounded=policies.boundary is not None,
    )
    return _one(Layer.RESOURCE, (source,), request, site, detailed)


def _levels(
    layer: Layer,
    levels: tuple[tuple[Source, ...], ...],
    request: Request,
    site: Site,
    detailed: bool,
) -> Finding:
    """Each level of the organization must allow; a deny on any denies."""
    whole = Finding(layer, allowed=True)
    for level in levels:
        found = _one(layer, level, request, site, detailed)
        whole.allowed = whole.allowed and found.allowed
        whole.allows += found.allows
        whole.denies += found.denies
        whole.others += found.others
    return whole


def _one(
    layer: Layer, sources: tuple[Source, ...], request: Request, site: Site, detailed: bool
) -> Finding:
    found = Finding(layer)
    for source in sources:
        for statement in _applying(source, request, site):
            ref = _ref(source, statement, applied=True)
            if statement.effect is Effect.DENY:
                found.denies.append(ref)
            else:
                found.allows.append(ref)
                found.grant = max(found.grant, statement.grant(request, site))
        if detailed:
            found.others += _kept_from_applying(source, request, site)
    found.allowed = bool(found.allows)
    return found


def _applying(source: Source, request: Request, site: Site) -> Iterator[Statement]:
    for statement in source.policy.about(request.action_key):
        if statement.applies(request, site):
            yield statement


def _kept_from_applying(source: Source, request: Request, site: Site) -> Iterator[StatementRef]:
    for statement in source.policy.statements:
        reason = statement.obstacle(request, site)
        if reason:
            yield _ref(source, statement, applied=False, reason=reason)


def _ref(source: Source, statement: Statement, *, applied: bool, reason: str = "") -> StatementRef:
    return StatementRef(
        source_name=source.name,
        source_arn=source.arn,
        sid=statement.sid,
        index=statement.index,
        effect=statement.effect,
        applied=applied,
        reason=reason,
    )
