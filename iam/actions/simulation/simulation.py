"""A simulation, read from a request once."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from iam.actions.refusals import invalid_input
from iam.actions.resource_kinds import Owner
from iam.actions.simulation.context_entries import context_of
from iam.actions.simulation.documents import (
    PolicyInput,
    boundary_input,
    organization_levels,
    policy_inputs,
    resource_policy,
    trust_policy,
)
from iam.actions.simulation.entities import attached_documents, caller_of
from iam.actions.simulation.exclusions import checked
from iam.actions.simulation.trusts import Trust, trusts_of, typed_trusts
from iam.actions.simulation.work import refuse_much
from iam.arns import account_of, parse_arn, parse_iam_arn
from iam.authorization import layered_policies, organization_of
from iam.engine import LayeredPolicies, PolicySource, Principal, Request
from iam.perform import Call, Params
from iam.wire import sentences
from iam.wire.errors import AwsError

_HANDLED = {"ec2:runinstances": "EC2-"}


@dataclass(frozen=True)
class Simulation:
    """A simulation with a valid request; every action is simulated on every resource."""

    principal: Principal
    identity: Sequence[PolicyInput]
    boundary: PolicyInput | None
    resource: PolicyInput | None
    scps: tuple[tuple[PolicySource, ...], ...]
    context: Mapping[str, str | tuple[str, ...]]
    actions: Sequence[str]
    resources: Sequence[str]
    owner: str
    trusts: Mapping[str, Trust]

    @property
    def documents(self) -> list[PolicyInput]:
        return [*self.identity, *filter(None, (self.boundary, self.resource))]

    @property
    def names_resources(self) -> bool:
        """Return whether the request names resources instead of `*`."""
        return tuple(self.resources) != ("*",)

    def trust(self, action: str, resource: str) -> Trust | None:
        """Return the trust policy that takes part, if no other resource policy is given."""
        trust = self.trusts.get(resource)
        return trust if trust and self.resource is None and trust.is_about(action) else None

    def ask(self, action: str, resource: str) -> tuple[Request, LayeredPolicies]:
        """Return the engine's request for one action on one resource."""
        trust = self.trust(action, resource)
        account, policies = self.principal.account, self._policies
        if trust is not None:
            account = trust.account_id
            policies = replace(policies, resource=trust.source, trust=True)
        elif self.resource is not None:
            account = account_of(resource) or self.owner or account
        return Request(self.principal, action, resource, account, self.context), policies

    @cached_property
    def _policies(self) -> LayeredPolicies:
        return LayeredPolicies(
            identity=tuple(document.source for document in self.identity),
            resource=self.resource.source if self.resource else None,
            boundary=self.boundary.source if self.boundary else None,
            scps=self.scps,
        )


def simulation_of(call: Call, params: Params, source: Owner | None) -> Simulation:
    """Read a request; raises InvalidInput."""
    refuse_much(params)
    resources = tuple(params.get("ResourceArns") or ("*",))
    actions = tuple(params["ActionNames"])
    _check_resources(resources)
    _check_actions(actions)
    _check_handling(params, actions, resources)
    identity, boundary = policy_inputs(params), boundary_input(params)
    context: dict[str, Any] = context_of(params)
    caller = caller_of(call, params, source)
    if source is not None:
        exclusions = checked(params.get("PolicyExclusionList", ()))
        attached, own_boundary = attached_documents(call, source, exclusions)
        identity, boundary = attached + identity, boundary or own_boundary
    given = {key.lower() for key in context}
    defaults = {key: one for key, one in caller.context.items() if key.lower() not in given}
    return Simulation(
        principal=caller.principal,
        identity=identity,
        boundary=boundary,
        resource=resource_policy(params, resources),
        scps=organization_levels(params) or _own_levels(call, source),
        context={**defaults, **context},
        actions=actions,
        resources=resources,
        owner=_owner(params),
        trusts=_trusts(call, params, resources),
    )


def _trusts(call: Call, params: Params, resources: Sequence[str]) -> Mapping[str, Trust]:
    """Return the trust policies that take part.

    One that a program gives as the resource policy is ignored, as on AWS; in our console it counts.
    """
    typed = trust_policy(params)
    if typed is None:
        return trusts_of(call.caller.sandbox, resources)
    return typed_trusts(typed, resources) if call.caller.origin.via_console else {}


def _own_levels(call: Call, source: Owner | None) -> tuple[tuple[PolicySource, ...], ...]:
    """Return the service control policies that bind the simulated entity's account."""
    found = organization_of(call.caller) if source is not None else None
    controls = found.service_controls(source.account.account_id) if found and source else ()
    return layered_policies(controls, trust=False).scps


def _owner(params: Params) -> str:
    """Return the account ID in ResourceOwner, an ARN such as arn:aws:iam::111122223333:root."""
    owner = params.get("ResourceOwner")
    if owner is None:
        return ""
    arn = parse_iam_arn(owner)
    if arn is None or "\n" in arn.resource:
        raise invalid_input(f"'{owner}' is not a valid as a Resource Owner.", "ResourceOwner")
    return arn.account


def _check_resources(resources: Sequence[str]) -> None:
    for arn in resources:
        if parse_arn(arn) is None and resources != ("*",):
            raise invalid_input(
                f"ResourceNames are not in a valid ARN format: {arn}.", "ResourceArns"
            )


def _check_actions(actions: Sequence[str]) -> None:
    if not actions:
        missing = sentences.violation("ActionNames", sentences.NOT_NULL, value="null")
        raise AwsError("ValidationError", violations=[missing])
    if any(":" not in action for action in actions):
        raise invalid_input("The action is invalid since it is missing names", "ActionNames")


def _check_handling(params: Params, actions: Sequence[str], resources: Sequence[str]) -> None:
    option = params.get("ResourceHandlingOption", "")
    if not option or resources == ("*",):
        return
    for action in actions:
        if not option.startswith(_HANDLED.get(action.lower(), "\0")):
            raise invalid_input(
                "Invalid input resource handling options. Action does not support resource "
                f"handling options: {action}.",
                "ResourceHandlingOption",
            )
