"""The conditions beside a change: those that it can keep, and those that it goes around."""

from collections.abc import Iterator
from typing import Any

from iam.engine.decision.layer_index import LayerIndex
from iam.engine.decision.policies import LayeredPolicies
from iam.engine.decision.statement import EvaluationSite, Statement
from iam.engine.request import Principal, Request
from iam.engine.terms import Effect, Layer


def unmet_keys(request: Request, policies: LayeredPolicies, layer: Layer) -> tuple[str, ...]:
    """The keys of conditions in a layer's Allows about this request that the request does not meet.

    A new Allow beside them does without those conditions.
    """
    found = {
        test.key: None
        for stack in _stacks(policies, layer)
        for statement in _allows_about(request, stack)
        for test in statement.conditions
        if not test.holds(request.keys)
    }
    return tuple(found)


def met_conditions(request: Request, policies: LayeredPolicies, bodies: list[Any]) -> list[Any]:
    """The Condition elements that a trust policy's Allows have and the request meets.

    `bodies` are the statements of the trust policy as written.
    """
    found: list[Any] = []
    for statement in _allows_about(request, policies.stacks.resource):
        block = bodies[statement.index].get("Condition")
        met = all(test.holds(request.keys) for test in statement.conditions)
        if block and met and block not in found:
            found.append(block)
    return found


def condition_keys(body: dict[str, Any]) -> tuple[str, ...]:
    blocks = body.get("Condition", {}).values()
    return tuple(dict.fromkeys(key for block in blocks for key in block))


def _stacks(policies: LayeredPolicies, layer: Layer) -> tuple[LayerIndex, ...]:
    stacks = policies.stacks
    match layer:
        case Layer.SCP:
            return stacks.scps
        case Layer.RESOURCE:
            return (stacks.resource,)
        case Layer.PRINCIPAL:
            return (stacks.identity,)
        case Layer.SESSION:
            return (stacks.session,) if stacks.session else ()
        case _:
            return (stacks.boundary,) if stacks.boundary else ()


def _allows_about(request: Request, stack: LayerIndex) -> Iterator[Statement]:
    for _, statement in stack.about(request.action_key).entries:
        if statement.effect is Effect.ALLOW and _speaks_of(statement, request, stack.site):
            yield statement


def _speaks_of(statement: Statement, request: Request, site: EvaluationSite) -> bool:
    """Whether a statement is about the request, its conditions aside.

    What a trust policy requires of one principal it requires of every other that is let in.
    """
    if site.is_trust and statement.principals is not None:
        return bool(_types(request.principal) & statement.principals.named.keys())
    return bool(statement.grant(request, site)) and statement.reaches_resource(request, site)


def _types(principal: Principal) -> set[str]:
    match principal.kind:
        case "service":
            return {"Service"}
        case "saml" | "web-identity":
            return {"Federated"}
        case _:
            return {"AWS", "*"}
