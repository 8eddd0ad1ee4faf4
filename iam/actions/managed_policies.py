"""Managed policies: the customer's own, and AWS's from the catalogue."""

from collections.abc import Iterator, Sequence
from typing import Any

from iam import catalogue
from iam.actions.bulk_reads import page_of, paged, reads_many
from iam.actions.policy_subjects import customer_managed, managed
from iam.actions.policy_versions import check_managed
from iam.actions.refusals import already_exists, delete_conflict, over_quota
from iam.actions.resource_kinds import iam_resource
from iam.actions.shapes import (
    arn_of_policy,
    policy_described,
    policy_detail,
    policy_listed,
    policy_made,
)
from iam.actions.subjects import one, requested_tags, resolution_of_new
from iam.actions.tags import checked_tags, list_tags, tag, tagged, untag
from iam.arns import iam_arn
from iam.models import Document, Policy, PolicyVersion
from iam.perform import (
    Call,
    Listing,
    Params,
    PermissionCheck,
    Resolution,
    Result,
    lists,
    reads,
    writes,
)
from iam.queries import AnyPolicy, PolicyUsage, usage_of_policies

_PER_ACCOUNT = 1500


def _new_policy(call: Call, params: Params) -> Resolution:
    path, name = params.get("Path", "/"), params["PolicyName"]
    arn = iam_arn(call.caller.account_id, Policy.arn_type, name, path)
    resource = iam_resource("Policy", arn)
    return resolution_of_new(call, "Policy", arn, requested_tags(params), resource)


def new_policy(call: Call, params: Params, _: None) -> dict[str, Any]:
    """Return the fields of a new policy; raises AwsError if the request is refused."""
    name = params["PolicyName"]
    check_managed(params["PolicyDocument"])
    policies = Policy.in_sandbox(call.caller.sandbox).filter(account=call.account)
    if policies.filter(name__iexact=name).exists():
        message = f"A policy called {name} already exists. Duplicate names are not allowed."
        raise already_exists(message, "PolicyName")
    if policies.count() >= _PER_ACCOUNT:
        raise over_quota("PoliciesPerAccount", _PER_ACCOUNT)
    return {
        "name": name,
        "path": params.get("Path", "/"),
        "description": params.get("Description", ""),
        "tags": checked_tags("Policy", {}, params.get("Tags", ())),
    }


@writes("iam:CreatePolicy", on=_new_policy, prepare=new_policy)
def create_policy(call: Call, params: Params, fields: dict[str, Any]) -> Result:
    """Create a customer managed policy with its version v1."""
    sandbox, now = call.caller.sandbox, call.caller.now
    document = Document.of(sandbox, params["PolicyDocument"])
    policy = Policy.add(sandbox, account=call.account, created_at=now, updated_at=now, **fields)
    version = PolicyVersion.add(
        sandbox, policy=policy, number=1, document=document, is_default=True, created_at=now
    )
    return {"Policy": policy_made(version)}


@reads_many("iam:GetPolicy", on=managed())
def get_policy(call: Call, requests: Sequence[Params], found: Sequence[AnyPolicy]) -> list[Result]:
    usage = usage_of_policies(call.account)
    return [{"Policy": policy_detail(policy, usage)} for policy in found]


def _all_policies(call: Call, params: Params) -> Resolution:
    prefix = params.get("PathPrefix", "/")
    return Resolution(checks=(PermissionCheck(call.operation, f"policy path {prefix}"),))


def _in_scope(call: Call, scope: str) -> Iterator[AnyPolicy]:
    if scope in {"All", "Local"}:
        versions = PolicyVersion.in_sandbox(call.caller.sandbox).filter(
            policy__account=call.account, is_default=True
        )
        yield from versions.select_related("policy__account").order_by("policy__name")
    if scope in {"All", "AWS"}:
        yield from catalogue.managed_policies()


def _is_used(arn: str, usage: PolicyUsage, usage_filter: str) -> bool:
    if usage_filter == "PermissionsBoundary":
        return usage.boundary[arn] > 0
    return usage.attached[arn] > 0


@reads("iam:ListPolicies", on=_all_policies, prepare=paged)
def list_policies(call: Call, params: Params, _: None) -> Result:
    """List managed policies, the customer's before AWS's, with how often each is used.

    Programs get no descriptions, as on AWS; our console's lists show them.
    """
    usage = usage_of_policies(call.account)
    shaped = policy_described if call.caller.origin.via_console else policy_listed
    chosen = _chosen(call, params, usage)
    return page_of(params, "Policies", chosen, lambda found: shaped(found, usage))


@lists("iam:ListPolicies")
def policy_listing(call: Call, params: Params, _: None) -> Listing:
    """List them all at once, with descriptions, for pages that show a few of them."""
    usage = usage_of_policies(call.account)
    rows = [policy_described(found, usage) for found in _chosen(call, params, usage)]
    return Listing(lambda: rows, lambda some: list(map(dict, some)))


def _chosen(call: Call, params: Params, usage: PolicyUsage) -> list[AnyPolicy]:
    """Return the policies that a list is asked for."""
    usage_filter = params.get("PolicyUsageFilter", "")
    only_used = params.get("OnlyAttached", False) or usage_filter == "PermissionsBoundary"
    prefix, scope = params.get("PathPrefix", "/"), params.get("Scope", "All")
    if prefix == "/" and not only_used:
        return list(_in_scope(call, scope))
    chosen = []
    for found in _in_scope(call, scope):
        if only_used and not _is_used(arn_of_policy(found), usage, usage_filter):
            continue
        path = found.policy.path if isinstance(found, PolicyVersion) else found.path
        if path.startswith(prefix):
            chosen.append(found)
    return chosen


@writes("iam:DeletePolicy", on=customer_managed())
def delete_policy(call: Call, params: Params, policy: Policy) -> None:
    """Delete a policy that is attached to nothing and has only its default version."""
    usage = usage_of_policies(call.account)
    if usage.attached[policy.arn] or usage.boundary[policy.arn]:
        raise delete_conflict("Cannot delete a policy attached to entities.")
    if policy.versions.count() > 1:
        message = (
            "This policy has more than one version. Before you delete a policy, you must delete "
            "the policy's versions. The default version is deleted with the policy."
        )
        raise delete_conflict(message)
    policy.delete()


@reads("iam:ListPolicyTags", on=one(managed()), prepare=paged)
def list_policy_tags(call: Call, params: Params, found: AnyPolicy) -> Result:
    """List a managed policy's tags; AWS's own have none."""
    if isinstance(found, PolicyVersion):
        return list_tags(call, params, found.policy)
    return page_of(params, "Tags", [], dict)


writes("iam:TagPolicy", on=customer_managed(requested_tags), prepare=tagged)(tag)
writes("iam:UntagPolicy", on=customer_managed(requested_tags))(untag)
