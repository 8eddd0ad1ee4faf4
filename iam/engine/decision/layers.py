"""The statements of each layer that apply to a request, before the layers are weighed."""

from iam.engine.decision.layer_index import LayerIndex, SourcedStatement
from iam.engine.decision.policies import LayeredPolicies
from iam.engine.matching.elements.principals import Grant
from iam.engine.request import Request
from iam.engine.terms import Effect, Layer

_DENY = Effect.DENY
_NONE = Grant.NONE
_RCP, _SCP, _RESOURCE, _PRINCIPAL = Layer.RCP, Layer.SCP, Layer.RESOURCE, Layer.PRINCIPAL
_BOUNDARY, _SESSION = Layer.PERMISSIONS_BOUNDARY, Layer.SESSION


class LayerMatches:
    """The statements of a layer that apply, and whether they allow."""

    __slots__ = ("allowed", "allows", "denies", "grant", "stacks")

    def __init__(self, stacks: tuple[LayerIndex, ...], *, allowed: bool = False) -> None:
        self.stacks = stacks
        self.allowed = allowed
        """Whether the layer allows: one statement, for SCPs one a level; RCPs always do."""
        self.allows: tuple[SourcedStatement, ...] = ()
        self.denies: tuple[SourcedStatement, ...] = ()
        self.grant = _NONE
        """How directly a resource policy's Allow reaches the caller."""


MatchesByLayer = dict[Layer, LayerMatches]


def match_layers(request: Request, policies: LayeredPolicies) -> MatchesByLayer:
    """Evaluate every layer that takes part, in the order of the flow chart."""
    stacks = policies.stacks
    principal = request.principal
    has_identity_policies = principal.has_identity_policies
    found: MatchesByLayer = {}
    if stacks.rcps and not principal.service_linked:
        found[_RCP] = _levels(stacks.rcps, request)
        found[_RCP].allowed = True  # RCPFullAWSAccess is at every level, and nothing detaches it
    if stacks.scps and has_identity_policies and not principal.service_linked:
        found[_SCP] = _levels(stacks.scps, request)
    if (
        policies.resource is not None
        or not has_identity_policies
        or policies.silence_refuses
        or not request.same_account
    ):
        found[_RESOURCE] = _one(stacks.resource, request)
    if not has_identity_policies:
        return found
    found[_PRINCIPAL] = _one(stacks.identity, request)
    if principal.kind == "root":
        found[_PRINCIPAL].allowed = True
    if stacks.boundary is not None:
        found[_BOUNDARY] = _one(stacks.boundary, request)
    if stacks.session is not None:
        found[_SESSION] = _one(stacks.session, request)
    return found


def _levels(levels: tuple[LayerIndex, ...], request: Request) -> LayerMatches:
    """Each level of the organization must allow; a deny on any denies."""
    whole = LayerMatches(levels, allowed=True)
    for level in levels:
        found = _one(level, request)
        whole.allowed = whole.allowed and found.allowed
        whole.allows += found.allows
        whole.denies += found.denies
    return whole


def _one(stack: LayerIndex, request: Request) -> LayerMatches:
    found = LayerMatches((stack,))
    allows: list[SourcedStatement] = []
    denies: list[SourcedStatement] = []
    site = stack.site
    for entry in stack.near(request):
        statement = entry[1]
        grant = statement.applies(request, site)
        if not grant:
            continue
        if statement.effect is _DENY:
            denies.append(entry)
        else:
            allows.append(entry)
            found.grant = max(found.grant, grant)
    found.allowed = bool(allows)
    found.allows, found.denies = tuple(allows), tuple(denies)
    return found
