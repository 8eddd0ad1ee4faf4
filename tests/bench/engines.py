"""The engines side by side: each with its policies parsed once, ready to be asked."""

import json
from collections.abc import Callable, Mapping
from typing import Any

import cedarpy
from moto.iam.access_control import IAMPolicyStatement, PermissionResult

from iam.engine import (
    Decision,
    LayeredPolicies,
    PolicySource,
    Principal,
    Request,
    decide,
    explain,
    parse_policy,
)
from tests.bench.workloads import ACCOUNT, CONTEXT, USER, Asked, Workload

Ask = Callable[[str, str], bool]
"""Whether an action on a resource is allowed."""

_STUDENT = Principal("user", ACCOUNT, USER, "AIDASTUDENT")


def policies_of(workload: Workload) -> LayeredPolicies:
    """Our policies of a workload, parsed."""
    return LayeredPolicies(
        identity=tuple(
            PolicySource(parse_policy(json.dumps(document)), f"policy-{number}")
            for number, document in enumerate(workload.documents)
        )
    )


def verdict(workload: Workload) -> Ask:
    """Ours, the verdict alone: a new request each time, as each call of a client is."""
    policies = policies_of(workload)

    def ask(action: str, resource: str) -> bool:
        return decide(Request(_STUDENT, action, resource, ACCOUNT, CONTEXT), policies).allowed

    return ask


def explanation(workload: Workload) -> Ask:
    """Ours, explained, with every reason of every statement read."""
    policies = policies_of(workload)

    def ask(action: str, resource: str) -> bool:
        decision = explain(Request(_STUDENT, action, resource, ACCOUNT, CONTEXT), policies)
        return read(decision) == workload.statements and decision.allowed

    return ask


def verdict_at_first(workload: Workload) -> Ask:
    """Ours, by policies that have not been asked for the action before."""
    sources = policies_of(workload).identity

    def ask(action: str, resource: str) -> bool:
        request = Request(_STUDENT, action, resource, ACCOUNT, CONTEXT)
        return decide(request, LayeredPolicies(identity=sources)).allowed

    return ask


def explanation_at_first(workload: Workload) -> Ask:
    """Ours, explained and read, by policies that have not been asked for the action before."""
    sources = policies_of(workload).identity

    def ask(action: str, resource: str) -> bool:
        request = Request(_STUDENT, action, resource, ACCOUNT, CONTEXT)
        decision = explain(request, LayeredPolicies(identity=sources))
        return read(decision) == workload.statements and decision.allowed

    return ask


def read(decision: Decision) -> int:
    reasons = [ref.reason for check in decision.checks for ref in check.statements]
    return len(reasons)


def moto(workload: Workload) -> Ask:
    """Moto's evaluator, given statements it has parsed."""
    parsed = [IAMPolicyStatement(body) for body in _bodies(workload)]

    def ask(action: str, resource: str) -> bool:
        allowed = False
        for statement in parsed:
            result = statement.is_action_permitted(action, resource)
            if result is PermissionResult.DENIED:
                return False
            allowed = allowed or result is PermissionResult.PERMITTED
        return allowed

    return ask


def cedar(workload: Workload) -> Ask:
    """Cedar by cedarpy, given the same policies as a parsed set of Cedar's.

    Its wildcards compare texts, so action and resource are texts of the context; the entities are
    parsed, and the context is JSON, before the clock runs.
    """
    parsed = cedarpy.PolicySet.from_str("\n".join(map(_permit, _bodies(workload))))
    entities = cedarpy.Entities.from_json_str("[]")
    contexts: dict[Asked, str] = {}

    def ask(action: str, resource: str) -> bool:
        asked = (action, resource)
        if asked not in contexts:
            contexts[asked] = json.dumps({"action": action, "resource": resource, **CONTEXT})
        request = {**_CEDAR_REQUEST, "context": contexts[asked]}
        return bool(cedarpy.is_authorized(request, parsed, entities).allowed)

    return ask


_CEDAR_REQUEST = {"principal": f'User::"{USER}"', "action": 'Action::"call"', "resource": 'On::"x"'}


def _bodies(workload: Workload) -> list[dict[str, Any]]:
    return [body for policy in workload.policies for body in policy]


def _permit(body: Mapping[str, Any]) -> str:
    actions = body["Action"] if isinstance(body["Action"], list) else [body["Action"]]
    named = " || ".join(f'context.action like "{action}"' for action in actions)
    return (
        f"permit(principal, action, resource) when {{ ({named}) && "
        f'context.resource like "{body["Resource"]}" }};'
    )
