"""The smallest addition or removal that turns a decision round.

Nothing is guessed: each candidate is one statement more or less, and the engine is asked again. A
statement about exactly this request comes first, since it changes nothing else. To have an allowed
request denied, removing the one statement that allows it is smaller than adding a Deny. A principal
that a trust policy newly lets in meets its conditions where it can; a change that does without some
names them.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any, Literal

from iam.engine.decision.flow import decide
from iam.engine.decision.layer_index import PolicySource
from iam.engine.decision.policies import LayeredPolicies
from iam.engine.decision.policy import CompiledPolicy
from iam.engine.document.json_text import as_list, load
from iam.engine.explanation.required_conditions import condition_keys, met_conditions, unmet_keys
from iam.engine.grammar.every_type import LATEST
from iam.engine.request import Principal, Request
from iam.engine.terms import Effect, Layer

Levels = tuple[tuple[PolicySource, ...], ...]
Statement = dict[str, Any]

_HAVE_POLICIES = {"user", "role", "federated-user"}
"""The principals that identity policies can be attached to; root has none."""


@dataclass(frozen=True)
class PolicyChange:
    """One statement to add to a policy, or to remove from it.

    `policy` is the policy's name; empty if any policy of the layer will do, a new one too. `around`
    are condition keys that the layer's statements ask about, and that the change does without.
    """

    kind: Literal["add", "remove"]
    layer: Layer
    policy: str
    statement: Statement
    around: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        return json.dumps(self.statement, indent=4, ensure_ascii=False)


Candidate = tuple[PolicyChange, LayeredPolicies]


def smallest_change(request: Request, policies: LayeredPolicies) -> PolicyChange | None:
    """Return the smallest change that turns the decision round; None if none does."""
    allowed = decide(request, policies).allowed
    added = _additions(request, policies, Effect.DENY if allowed else Effect.ALLOW)
    removed = _removals(policies, Effect.ALLOW if allowed else Effect.DENY)
    for candidates in (removed, added) if allowed else (added, removed):
        for change, changed in candidates:
            if decide(request, changed).allowed is not allowed:
                return change if allowed else _with_around(change, request, policies)
    return None


def _with_around(change: PolicyChange, request: Request, policies: LayeredPolicies) -> PolicyChange:
    if change.kind == "remove":
        return replace(change, around=condition_keys(change.statement))
    return replace(change, around=unmet_keys(request, policies, change.layer))


def _additions(request: Request, policies: LayeredPolicies, effect: Effect) -> Iterator[Candidate]:
    plain: Statement = {"Effect": effect.value, "Action": request.action}
    body = {**plain, "Resource": request.resource or "*"}
    if request.principal.kind in _HAVE_POLICIES:
        new = PolicySource(CompiledPolicy("", {"Version": LATEST, "Statement": [body]}), "")
        changed = replace(policies, identity=(*policies.identity, new))
        yield PolicyChange("add", Layer.PRINCIPAL, "", body), changed
    everybody = {**body, "Principal": "*"}
    for layer, source, place in _places(policies, first_only=True):
        if layer is Layer.RESOURCE:
            statements = _naming(request, policies, plain, _bodies(source))
        else:
            statements = [everybody if layer is Layer.RCP else body]
        for statement in statements:
            longer = _edited(source, [*_bodies(source), statement])
            # Saved anew, an ARN stands for whoever has it now.
            known = {arn: id_ for arn, id_ in source.bound.items() if arn not in _arns(request)}
            changed = _with(policies, layer, place, replace(longer, bound=known))
            yield PolicyChange("add", layer, source.name, statement), changed


def _naming(
    request: Request, policies: LayeredPolicies, plain: Statement, bodies: list[Statement]
) -> list[Statement]:
    """Statements of a resource policy about its caller, those that grant less first."""
    named = {**plain, "Principal": _named(request.principal)}
    if not policies.trust:
        return [{**named, "Resource": request.resource}]
    kept = met_conditions(request, policies, bodies) if plain["Effect"] == "Allow" else []
    return [*({**named, "Condition": block} for block in kept), named]


def _removals(policies: LayeredPolicies, effect: Effect) -> Iterator[Candidate]:
    for layer, source, place in _places(policies, first_only=False):
        bodies = _bodies(source)
        for index, body in enumerate(bodies):
            if body["Effect"] == effect:
                left = _edited(source, bodies[:index] + bodies[index + 1 :])
                yield (
                    PolicyChange("remove", layer, source.name, body),
                    _with(policies, layer, place, left),
                )


Place = tuple[int, int]
"""Where a policy stands in its layer: the level, and the place in the level."""


def _places(
    policies: LayeredPolicies, *, first_only: bool
) -> Iterator[tuple[Layer, PolicySource, Place]]:
    """Every policy; or of each level the first, since its policies are a union."""
    for layer, levels in _levels(policies).items():
        if first_only and layer is Layer.PRINCIPAL:
            continue
        for level, sources in enumerate(levels):
            for place, source in enumerate(sources[:1] if first_only else sources):
                yield layer, source, (level, place)


def _levels(policies: LayeredPolicies) -> dict[Layer, Levels]:
    one = policies.boundary, policies.resource
    boundary, resource = (((source,),) if source else () for source in one)
    return {
        Layer.PRINCIPAL: (policies.identity,),
        Layer.RESOURCE: resource,
        Layer.PERMISSIONS_BOUNDARY: boundary,
        Layer.SESSION: (policies.session,),
        Layer.SCP: policies.scps,
        Layer.RCP: policies.rcps,
    }


def _with(
    policies: LayeredPolicies, layer: Layer, place: Place, source: PolicySource
) -> LayeredPolicies:
    """The same policies with another one in a place."""
    level, number = place
    levels = [list(sources) for sources in _levels(policies)[layer]]
    levels[level][number] = source
    changed = tuple(map(tuple, levels))
    match layer:
        case Layer.PRINCIPAL:
            return replace(policies, identity=changed[0])
        case Layer.RESOURCE:
            return replace(policies, resource=source)
        case Layer.PERMISSIONS_BOUNDARY:
            return replace(policies, boundary=source)
        case Layer.SESSION:
            return replace(policies, session=changed[0])
        case Layer.SCP:
            return replace(policies, scps=changed)
        case _:
            return replace(policies, rcps=changed)


def _bodies(source: PolicySource) -> list[Statement]:
    return as_list(load(source.policy.text)["Statement"])


def _edited(source: PolicySource, bodies: list[Statement]) -> PolicySource:
    document = {"Version": source.policy.version, "Statement": bodies}
    return replace(source, policy=CompiledPolicy(json.dumps(document), document))


def _arns(request: Request) -> set[str]:
    return {request.principal.arn, request.principal.role_arn}


def _named(principal: Principal) -> Any:
    """Return the name of a principal for a resource policy: that of a session's role."""
    match principal.kind:
        case "service":
            return {"Service": principal.services[0] if principal.services else principal.arn}
        case "saml" | "web-identity":
            return {"Federated": principal.provider}
        case "anonymous":
            return "*"
        case _:
            return {"AWS": principal.role_arn or principal.arn}
