"""The engine asked for every check of a call, and what an event keeps of the answers."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from iam import catalogue
from iam.authorization.applied import Applied
from iam.authorization.checks import Check
from iam.authorization.context import request_context
from iam.authorization.gathering import gather
from iam.authorization.organization import resource_controls
from iam.authorization.principals import principal_of
from iam.callers import Caller
from iam.engine import Decision, Policies, Request, Source, Verdict, decide


@dataclass(frozen=True)
class Answer:
    """One check with its decision and all that it was decided on."""

    check: Check
    request: Request
    policies: Policies
    applied: tuple[Applied, ...]
    decision: Decision

    @property
    def allowed(self) -> bool:
        """Tell whether the engine said yes."""
        return self.decision.verdict is Verdict.ALLOW

    def kept(self) -> dict[str, Any]:
        """Return what an event keeps: the question, the verdict, and a manifest of policies."""
        principal = self.request.principal
        return {
            "action": self.check.action,
            "resource": self.check.resource,
            "resourceAccount": self.request.resource_account,
            "namesResource": self.check.names_resource,
            "principal": {
                "kind": principal.kind,
                "account": principal.account,
                "arn": principal.arn,
                "unique_id": principal.unique_id,
                "role_arn": principal.role_arn,
                "role_id": principal.role_id,
                "provider": principal.provider,
                "services": list(principal.services),
            },
            "context": {
                key: list(value) if isinstance(value, tuple) else value
                for key, value in self.request.context.items()
            },
            "trust": self.policies.trust,
            "verdict": self.decision.verdict.value,
            "edition": catalogue.edition(),
            "manifest": [applied.manifest() for applied in self.applied],
        }


def _levels(applied: Sequence[Applied]) -> tuple[tuple[Source, ...], ...]:
    """Return what is attached at each level of an organization, root first."""
    levels: dict[int, list[Source]] = defaultdict(list)
    for one in applied:
        levels[one.level].append(one.source())
    return tuple(tuple(levels[level]) for level in sorted(levels))


def policies_from(applied: Sequence[Applied], *, trust: bool) -> Policies:
    """Return the engine's layers for policies that apply."""

    def layer(name: str) -> tuple[Applied, ...]:
        return tuple(one for one in applied if one.layer == name)

    resource = layer("RESOURCE")
    boundary = layer("PERMISSIONS_BOUNDARY")
    return Policies(
        identity=tuple(one.source() for one in layer("PRINCIPAL")),
        resource=resource[0].source() if resource else None,
        trust=trust,
        boundary=boundary[0].source() if boundary else None,
        session=tuple(one.source() for one in layer("SESSION")),
        scps=_levels(layer("SCP")),
        rcps=_levels(layer("RCP")),
    )


def answered(
    caller: Caller, check: Check, own: tuple[Applied, ...], layers: Policies | None = None
) -> Answer:
    """Return the engine's answer to one check of a caller's whose own policies are given.

    Who asks many checks puts the policies in their `layers` once, by `policies_from`.
    """
    applied = own
    policies = policies_from(own, trust=False) if layers is None else layers
    resource_account = check.account_id or caller.account_id
    controls = resource_controls(caller, check.action, resource_account)
    if controls:
        applied = (*controls, *applied)
        policies = replace(policies, rcps=_levels(controls))
    if check.policy is not None:
        named = check.policy
        of_resource = Applied(
            "RESOURCE", named.name, named.text, "resource", named.arn, bound=named.bound
        )
        applied = (*applied, of_resource)
        policies = replace(policies, resource=of_resource.source(), trust=named.trust)
    request = Request(
        principal=principal_of(caller),
        action=check.action,
        resource=check.resource,
        resource_account=resource_account,
        context=request_context(caller, check),
    )
    return Answer(check, request, policies, applied, decide(request, policies))


def authorize(caller: Caller, check: Check) -> Answer:
    """Return the engine's answer to one check of a caller's."""
    return answered(caller, check, gather(caller).all())
