"""organizations:Describe… and List…: the organization that a sandbox's accounts may be.

The sentences of refusals are those of moto's tests of Organizations, which were made on AWS.
"""

from collections.abc import Sequence
from typing import Any, TypeVar

from iam.actions.organization_policies import organization_policies
from iam.actions.organization_subjects import (
    NodeSubject,
    PolicySubject,
    on_node,
    on_organization,
    on_policy,
)
from iam.arns import organization_arn
from iam.models import Account
from iam.perform import Call, Params, Result, reads
from iam.queries.organization_trees import OrganizationTree, TreeNode
from iam.wire.errors import AwsError

Subject = TypeVar("Subject")
_PAGE = 20
_ENABLED = [
    {"Type": kind, "Status": "ENABLED"}
    for kind in ("SERVICE_CONTROL_POLICY", "RESOURCE_CONTROL_POLICY")
]
_PARENTS = ("ROOT", "ORGANIZATIONAL_UNIT")
_UNIT, _ACCOUNT = "ORGANIZATIONAL_UNIT", "ACCOUNT"
_on_parent = on_node("ParentId", "ParentNotFoundException", "a parent", *_PARENTS)
_on_target = on_node("TargetId", "TargetNotFoundException", "a target", *_PARENTS, _ACCOUNT)
_on_child = on_node("ChildId", "ChildNotFoundException", "a child", _UNIT, _ACCOUNT)


def _start(params: Params) -> int:
    token = params.get("NextToken", "0")
    if not (token.isascii() and token.isdigit() and len(token) < 6):
        raise AwsError("InvalidInputException", "You specified an invalid value.", 400)
    return int(token)


def _paged(call: Call, params: Params, subject: Subject) -> Subject:
    """Prepare a read in pages: refuse a token that no page returned."""
    _start(params)
    return subject


def _page(params: Params, member: str, rows: Sequence[dict[str, Any]]) -> Result:
    """Return one page; the token is the place that the next one begins at."""
    start = _start(params)
    end = start + params.get("MaxResults", _PAGE)
    result: Result = {member: list(rows[start:end])}
    return {**result, "NextToken": str(end)} if end < len(rows) else result


@reads("organizations:DescribeOrganization", on=on_organization(members=True))
def describe_organization(call: Call, params: Params, tree: OrganizationTree) -> Result:
    manager = tree.management
    return {
        "Organization": {
            "Id": tree.id,
            "Arn": organization_arn(manager.account_id, "organization", tree.id),
            "FeatureSet": "ALL",
            "MasterAccountArn": organization_arn(
                manager.account_id, "account", tree.id, manager.account_id
            ),
            "MasterAccountId": manager.account_id,
            "MasterAccountEmail": manager.root_email,
            "AvailablePolicyTypes": _ENABLED[:1],
        }
    }


@reads("organizations:ListRoots", on=on_organization(), prepare=_paged)
def list_roots(call: Call, params: Params, tree: OrganizationTree) -> Result:
    root = tree.nodes[0]
    shape = {"Id": root.id, "Arn": tree.arn(root), "Name": root.name, "PolicyTypes": _ENABLED}
    return _page(params, "Roots", [shape])


def _unit(tree: OrganizationTree, node: TreeNode) -> dict[str, Any]:
    return {"Id": node.id, "Arn": tree.arn(node), "Name": node.name}


@reads("organizations:ListOrganizationalUnitsForParent", on=_on_parent, prepare=_paged)
def list_units(call: Call, params: Params, subject: NodeSubject) -> Result:
    tree, parent = subject
    units = [_unit(tree, node) for node in tree.below(parent.id, _UNIT)]
    return _page(params, "OrganizationalUnits", units)


@reads(
    "organizations:DescribeOrganizationalUnit",
    on=on_node(
        "OrganizationalUnitId",
        "OrganizationalUnitNotFoundException",
        "an organizational unit",
        _UNIT,
    ),
)
def describe_unit(call: Call, params: Params, subject: NodeSubject) -> Result:
    return {"OrganizationalUnit": _unit(*subject)}


def _account(tree: OrganizationTree, account: Account) -> dict[str, Any]:
    return {
        "Id": account.account_id,
        "Arn": organization_arn(tree.management.account_id, "account", tree.id, account.account_id),
        "Email": account.root_email,
        "Name": account.name,
        "Status": "ACTIVE",
        "State": "ACTIVE",
        "JoinedMethod": "INVITED" if account.management else "CREATED",
        "JoinedTimestamp": account.created_at,
    }


@reads("organizations:ListAccounts", on=on_organization(), prepare=_paged)
def list_accounts(call: Call, params: Params, tree: OrganizationTree) -> Result:
    return _page(params, "Accounts", [_account(tree, one) for one in tree.accounts])


@reads("organizations:ListAccountsForParent", on=_on_parent, prepare=_paged)
def list_accounts_for_parent(call: Call, params: Params, subject: NodeSubject) -> Result:
    tree, parent = subject
    ids = {node.id for node in tree.below(parent.id, _ACCOUNT)}
    rows = [_account(tree, one) for one in tree.accounts if one.account_id in ids]
    return _page(params, "Accounts", rows)


@reads(
    "organizations:DescribeAccount",
    on=on_node("AccountId", "AccountNotFoundException", "an account", _ACCOUNT),
)
def describe_account(call: Call, params: Params, subject: NodeSubject) -> Result:
    tree, node = subject
    found = next(one for one in tree.accounts if one.account_id == node.id)
    return {"Account": _account(tree, found)}


@reads("organizations:ListChildren", on=_on_parent, prepare=_paged)
def list_children(call: Call, params: Params, subject: NodeSubject) -> Result:
    tree, parent = subject
    nodes = tree.below(parent.id, params["ChildType"])
    return _page(params, "Children", [{"Id": node.id, "Type": node.type} for node in nodes])


@reads("organizations:ListParents", on=_on_child, prepare=_paged)
def list_parents(call: Call, params: Params, subject: NodeSubject) -> Result:
    tree, child = subject
    parents = [node for node in tree.nodes if node.id == child.parent]
    return _page(params, "Parents", [{"Id": node.id, "Type": node.type} for node in parents])


@reads("organizations:ListPolicies", on=on_organization(), prepare=_paged)
def list_policies(call: Call, params: Params, tree: OrganizationTree) -> Result:
    found = [one for one in organization_policies(tree) if one.type == params["Filter"]]
    return _page(params, "Policies", [one.summary() for one in found])


@reads("organizations:ListPoliciesForTarget", on=_on_target, prepare=_paged)
def list_policies_for_target(call: Call, params: Params, subject: NodeSubject) -> Result:
    tree, target = subject
    found = [one for one in organization_policies(tree) if one.type == params["Filter"]]
    return _page(params, "Policies", [one.summary() for one in found if target in one.nodes])


@reads("organizations:DescribePolicy", on=on_policy)
def describe_policy(call: Call, params: Params, subject: PolicySubject) -> Result:
    _, policy = subject
    return {"Policy": {"PolicySummary": policy.summary(), "Content": policy.text}}


@reads("organizations:ListTargetsForPolicy", on=on_policy, prepare=_paged)
def list_targets_for_policy(call: Call, params: Params, subject: PolicySubject) -> Result:
    tree, policy = subject
    targets = [
        {"TargetId": node.id, "Arn": tree.arn(node), "Name": node.name, "Type": node.type}
        for node in policy.nodes
    ]
    return _page(params, "Targets", targets)


@reads("organizations:ListAWSServiceAccessForOrganization", on=on_organization())
def list_service_access(call: Call, params: Params, tree: OrganizationTree) -> Result:
    """Return the services that work across the organization: IAM, where root access is central."""
    iam = {"ServicePrincipal": "iam.amazonaws.com"}
    enabled = tree.management.organization_features
    return {"EnabledServicePrincipals": [iam] if enabled else []}
