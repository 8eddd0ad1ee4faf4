"""The decision, top to bottom as in AWS's flow chart of policy evaluation."""

from collections.abc import Mapping

from iam.engine.decision import Check, Decision, StatementRef
from iam.engine.elements.principals import Grant
from iam.engine.layers import Finding, layer_findings
from iam.engine.request import Request
from iam.engine.sources import Policies
from iam.engine.terms import CheckEffect, Layer, Verdict

_EVERY_LAYER = frozenset(Layer)
_IDENTITY_SIDE = frozenset({Layer.PRINCIPAL, Layer.PERMISSIONS_BOUNDARY, Layer.SESSION})


def decide(request: Request, policies: Policies) -> Decision:
    """Decide a request: the verdict, the layer that decided, and the statements that did."""
    return _weigh(request, policies, layer_findings(request, policies, detailed=False))


def explain(request: Request, policies: Policies) -> Decision:
    """Decide a request, and say of every other statement what kept it from applying."""
    return _weigh(request, policies, layer_findings(request, policies, detailed=True))


def _weigh(request: Request, policies: Policies, found: Mapping[Layer, Finding]) -> Decision:
    must_allow = _must_allow(request, policies, found)
    checks = tuple(_check(finding, must_allow, found) for finding in found.values())

    # 1. An explicit deny in any policy wins.
    for layer, finding in found.items():
        if finding.denies:
            return Decision(Verdict.EXPLICIT_DENY, layer, tuple(finding.denies), checks)

    # 2. Then every layer that must allow does, or its silence denies.
    for layer, finding in found.items():
        if layer in must_allow and not finding.allowed:
            return Decision(Verdict.IMPLICIT_DENY, layer, (), checks)

    layer = _granting_layer(must_allow)
    return Decision(Verdict.ALLOW, layer, _determining(found, must_allow), checks)


def _must_allow(
    request: Request, policies: Policies, found: Mapping[Layer, Finding]
) -> frozenset[Layer]:
    """The layers whose Allow this request needs."""
    if not request.same_account or not request.principal.has_identity_policies:
        return _EVERY_LAYER

    grant = found[Layer.RESOURCE].grant if Layer.RESOURCE in found else Grant.NONE
    if grant <= Grant.ACCOUNT:
        # Nothing granted, or delegated to the account: the identity side must allow. Only trust
        # policies, and those of keys, must name the caller or the account besides.
        return _EVERY_LAYER if policies.silence_refuses else _EVERY_LAYER - {Layer.RESOURCE}

    if grant is Grant.ROLE:
        return _EVERY_LAYER - {Layer.PRINCIPAL}

    if policies.trust and request.principal.kind == "user":
        # The role-trust page: a user's boundary must allow sts:AssumeRole all the same.
        return _EVERY_LAYER - {Layer.PRINCIPAL, Layer.SESSION}

    return _EVERY_LAYER - _IDENTITY_SIDE


def _check(finding: Finding, must_allow: frozenset[Layer], found: Mapping[Layer, Finding]) -> Check:
    statements = (*finding.denies, *finding.allows, *finding.others)
    return Check(finding.layer, _effect(finding, must_allow, found), statements)


def _effect(
    finding: Finding, must_allow: frozenset[Layer], found: Mapping[Layer, Finding]
) -> CheckEffect:
    if finding.denies:
        return CheckEffect.EXPLICIT_DENY
    if finding.allowed:
        return CheckEffect.ALLOW
    if finding.layer in must_allow:
        return CheckEffect.IMPLICIT_DENY
    if finding.layer is Layer.RESOURCE and not found[Layer.PRINCIPAL].allowed:
        return CheckEffect.IMPLICIT_DENY
    return CheckEffect.NO_IMPACT


def _granting_layer(must_allow: frozenset[Layer]) -> Layer:
    return Layer.PRINCIPAL if Layer.PRINCIPAL in must_allow else Layer.RESOURCE


def _determining(
    found: Mapping[Layer, Finding], must_allow: frozenset[Layer]
) -> tuple[StatementRef, ...]:
    return tuple(
        ref for layer, finding in found.items() if layer in must_allow for ref in finding.allows
    )
