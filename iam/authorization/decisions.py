"""The authorization of each check of a call, and the data that an event keeps of it."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from iam import catalogue
from iam.authorization.applied_policies import AppliedPolicy
from iam.authorization.caller_policies import gather_policies
from iam.authorization.context import request_context
from iam.authorization.organization import resource_controls
from iam.authorization.permission_checks import PermissionCheck
from iam.authorization.principals import principal_of
from iam.callers import Caller
from iam.engine import (
    Decision,
    LayeredPolicies,
    PolicySource,
    Request,
    Verdict,
    decide,
    work_of,
)
from iam.wire.errors import AwsError

_TOO_MUCH = (
    "The request could not be decided: the policies that apply to it have too many patterns to "
    "compare. Shorten them, or ask for less at once."
)


@dataclass(slots=True, eq=False)
class Authorization:
    """A check with its decision and all that decided it."""

    # Final instead of frozen: a frozen dataclass takes several times as long to make.
    check: Final[PermissionCheck]
    request: Final[Request]
    policies: Final[LayeredPolicies]
    applied: Final[tuple[AppliedPolicy, ...]]
    decision: Final[Decision]

    @property
    def allowed(self) -> bool:
        return self.decision.verdict is Verdict.ALLOW

    def kept(self) -> dict[str, Any]:
        """Return an event's data: the question, the verdict, and the policies' manifests."""
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


def _levels(applied: Sequence[AppliedPolicy]) -> tuple[tuple[PolicySource, ...], ...]:
    """Return the policies attached at each level of an organization, root first."""
    levels: dict[int, list[PolicySource]] = defaultdict(list)
    for one in applied:
        levels[one.level].append(one.source())
    return tuple(tuple(levels[level]) for level in sorted(levels))


def layered_policies(applied: Sequence[AppliedPolicy], *, trust: bool) -> LayeredPolicies:
    """Return the engine's layers for applied policies."""

    def layer(name: str) -> tuple[AppliedPolicy, ...]:
        return tuple(one for one in applied if one.layer == name)

    resource = layer("RESOURCE")
    boundary = layer("PERMISSIONS_BOUNDARY")
    return LayeredPolicies(
        identity=tuple(one.source() for one in layer("PRINCIPAL")),
        resource=resource[0].source() if resource else None,
        trust=trust,
        boundary=boundary[0].source() if boundary else None,
        session=tuple(one.source() for one in layer("SESSION")),
        scps=_levels(layer("SCP")),
        rcps=_levels(layer("RCP")),
    )


def authorize_with(
    caller: Caller,
    check: PermissionCheck,
    own: tuple[AppliedPolicy, ...],
    layers: LayeredPolicies | None = None,
) -> Authorization:
    """Authorize one check of a caller whose own policies are given.

    `layers` are those of `own`; computed once, they serve many checks.
    """
    applied = own
    policies = layered_policies(own, trust=False) if layers is None else layers
    resource_account = check.account_id or caller.account_id
    controls: tuple[AppliedPolicy, ...] = ()
    if caller.sandbox.organization_id:
        controls = resource_controls(caller, check.action, resource_account)
    if controls:
        applied = (*controls, *applied)
        policies = replace(policies, rcps=_levels(controls))
    if check.policy is not None:
        named = check.policy
        of_resource = AppliedPolicy(
            "RESOURCE", named.name, named.text, "resource", named.arn, bound=named.bound
        )
        applied = (*applied, of_resource)
        policies = policies.with_resource(of_resource.source(), trust=named.trust)
    request = Request(
        principal=principal_of(caller),
        action=check.action,
        resource=check.resource,
        resource_account=resource_account,
        context=request_context(caller, check),
    )
    _count_work(caller, work_of(request, policies))
    return Authorization(check, request, policies, applied, decide(request, policies))


def _count_work(caller: Caller, work: int) -> None:
    """Raise PolicyEvaluation where the decisions of one visit would take too long."""
    caller.visit.work += work
    if caller.visit.work > caller.visit.most_work:
        raise AwsError("PolicyEvaluation", _TOO_MUCH, 400)


def authorize(caller: Caller, check: PermissionCheck) -> Authorization:
    """Authorize one check; the layers of a caller are made once a visit and again after a write."""
    memory, key = caller.visit.memory, ("layers", caller.principal_id, caller.access_key_id)
    layers = memory.get(key)
    if layers is None:
        own = gather_policies(caller).all()
        layers = memory[key] = own, layered_policies(own, trust=False)
    return authorize_with(caller, check, *layers)
