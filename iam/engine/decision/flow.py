"""The decision, top to bottom as in AWS's flow chart of policy evaluation."""

from iam.engine.decision.decision import Decision
from iam.engine.decision.layers import MatchesByLayer, match_layers
from iam.engine.decision.policies import LayeredPolicies
from iam.engine.matching.elements.principals import Grant
from iam.engine.request import Request
from iam.engine.terms import Layer, Verdict

_ALLOW, _EXPLICIT, _IMPLICIT = Verdict.ALLOW, Verdict.EXPLICIT_DENY, Verdict.IMPLICIT_DENY
_RESOURCE, _PRINCIPAL = Layer.RESOURCE, Layer.PRINCIPAL
_NONE, _ACCOUNT, _ROLE = Grant.NONE, Grant.ACCOUNT, Grant.ROLE

_EVERY_LAYER = frozenset(Layer)
_BUT_RESOURCE = _EVERY_LAYER - {_RESOURCE}
_BUT_IDENTITY = _EVERY_LAYER - {_PRINCIPAL}
_BUT_IDENTITY_AND_SESSION = _BUT_IDENTITY - {Layer.SESSION}
_BUT_IDENTITY_SIDE = _BUT_IDENTITY_AND_SESSION - {Layer.PERMISSIONS_BOUNDARY}


def decide(request: Request, policies: LayeredPolicies) -> Decision:
    """Decide a request: the verdict, the layer that decided, and the statements that did."""
    return _weigh(request, policies, None)


def explain(request: Request, policies: LayeredPolicies) -> Decision:
    """Decide a request, and find for every other statement what kept it from applying."""
    # Read now, so that a context its owner changes later cannot change the reasons.
    _ = request.keys, request.resource_fields
    return _weigh(request, policies, request)


def _weigh(request: Request, policies: LayeredPolicies, explained: Request | None) -> Decision:
    found = match_layers(request, policies)
    must_allow = _must_allow(request, policies, found)

    # 1. An explicit deny in any policy wins.
    for layer, finding in found.items():
        if finding.denies:
            return Decision(_EXPLICIT, layer, found, must_allow, explained)

    # 2. Then every layer that must allow does, or its silence denies.
    for layer, finding in found.items():
        if layer in must_allow and not finding.allowed:
            return Decision(_IMPLICIT, layer, found, must_allow, explained)

    layer = _PRINCIPAL if _PRINCIPAL in must_allow else _RESOURCE
    return Decision(_ALLOW, layer, found, must_allow, explained)


def _must_allow(
    request: Request, policies: LayeredPolicies, found: MatchesByLayer
) -> frozenset[Layer]:
    """The layers whose Allow this request needs."""
    principal = request.principal
    if not principal.has_identity_policies or not request.same_account:
        return _EVERY_LAYER

    grant = found[_RESOURCE].grant if _RESOURCE in found else _NONE
    if grant <= _ACCOUNT:
        # Nothing granted, or delegated to the account: the identity side must allow. Only trust
        # policies, and those of keys, must name the caller or the account besides.
        return _EVERY_LAYER if policies.silence_refuses else _BUT_RESOURCE

    if grant is _ROLE:
        return _BUT_IDENTITY

    if policies.trust and principal.kind == "user":
        # The role-trust page: a user's boundary must allow sts:AssumeRole all the same.
        return _BUT_IDENTITY_AND_SESSION

    return _BUT_IDENTITY_SIDE
