"""Resolvers of managed policies, by ARN."""

from collections.abc import Sequence
from dataclasses import replace

from iam.actions.refusals import invalid_input, no_such_entity
from iam.actions.resource_kinds import iam_resource
from iam.actions.subjects import Extra, no_context, tag_context
from iam.perform import Call, Params, PermissionCheck, Resolution
from iam.perform.registry import EachResolver, Resolver
from iam.queries import AnyPolicy, find_each_managed, is_customer_arn, parse_policy_arn
from iam.wire.errors import AwsError


def _missing(arn: str, found: AnyPolicy | None) -> AwsError | None:
    if found is not None:
        return None
    if parse_policy_arn(arn) is None:
        return invalid_input(f"ARN {arn} is not valid.", "PolicyArn")
    return no_such_entity(f"Policy {arn} was not found.", "PolicyArn")


def managed(extra: Extra = no_context) -> EachResolver:
    """Return a resolver of managed policies, the customer's or AWS's."""

    def resolve(call: Call, requests: Sequence[Params]) -> list[Resolution]:
        arns = [str(params["PolicyArn"]) for params in requests]
        found = find_each_managed(call.account, arns)
        return [
            _resolved(call, params, found.get(arn), extra)
            for arn, params in zip(arns, requests, strict=True)
        ]

    return resolve


def _resolved(call: Call, params: Params, found: AnyPolicy | None, extra: Extra) -> Resolution:
    arn = params["PolicyArn"]
    policy = getattr(found, "policy", None)
    context = {**tag_context(policy), **extra(params, policy)}
    return Resolution(
        checks=(PermissionCheck(call.operation, arn, context=context),),
        subject=found,
        missing=_missing(arn, found),
        resources=(iam_resource("Policy", arn),),
    )


def customer_managed(extra: Extra = no_context) -> Resolver:
    """Return a resolver of a policy to change, which AWS's policies never are."""
    resolve_each = managed(extra)

    def resolve(call: Call, params: Params) -> Resolution:
        found = resolve_each(call, [params])[0]
        arn = params["PolicyArn"]
        if parse_policy_arn(arn) is not None and not is_customer_arn(call.account, arn):
            message = "Policy is outside your own account."
            refusal = AwsError("AccessDenied", message, 403, ("PolicyArn",))
            return replace(found, subject=None, missing=refusal)
        policy = found.subject.policy if found.subject else None
        return replace(found, subject=policy)

    return resolve
