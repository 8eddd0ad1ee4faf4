"""What a read of the organization is about, and who may make it."""

from collections.abc import Callable
from typing import Any

from iam.actions.organization_policies import OrganizationPolicy, organization_policies
from iam.authorization import PermissionCheck
from iam.perform import Call, Params, Resolution
from iam.queries.organization_trees import OrganizationTree, TreeNode, organization_tree
from iam.wire.errors import AwsError

NodeSubject = tuple[OrganizationTree, TreeNode]
PolicySubject = tuple[OrganizationTree, OrganizationPolicy]
Resolver = Callable[[Call, Params], Resolution]


def _tree(call: Call) -> OrganizationTree | None:
    """Return the organization, read once a visit: no operation changes it."""
    sandbox = call.caller.sandbox
    return call.caller.visit.remember("organization tree", lambda: organization_tree(sandbox))


def missing_of(code: str, what: str) -> AwsError:
    return AwsError(code, f"You specified {what} that doesn't exist.", 400)


def _refusal(call: Call, tree: OrganizationTree | None, *, members: bool) -> AwsError | None:
    if tree is None:
        message = "Your account is not a member of an organization."
        return AwsError("AWSOrganizationsNotInUseException", message, 400)
    if members or call.account == tree.management:
        return None
    message = "You don't have permissions to access this resource."
    return AwsError("AccessDeniedException", message, 400)


def on_organization(*, members: bool = False) -> Resolver:
    """Return the resolver of a read of the whole, by the management account or by `members`."""

    def resolve(call: Call, params: Params) -> Resolution:
        tree = _tree(call)
        check = PermissionCheck(call.operation, "*", context=_policy_type(params))
        missing = _refusal(call, tree, members=members)
        return Resolution((check,), subject=tree, missing=missing)

    return resolve


def on_node(member: str, code: str, what: str, *types: str, members: bool = False) -> Resolver:
    """Return the resolver of a read of a root, a unit or an account."""

    def resolve(call: Call, params: Params) -> Resolution:
        tree = _tree(call)
        node = tree.node(params[member], *types) if tree else None
        missing = _refusal(call, tree, members=members) or (
            None if node else missing_of(code, what)
        )
        arn = tree.arn(node) if tree and node else "*"
        check = PermissionCheck(call.operation, arn, context=_policy_type(params))
        return Resolution((check,), subject=(tree, node), missing=missing)

    return resolve


def on_policy(call: Call, params: Params) -> Resolution:
    """Resolve a read of one control policy."""
    tree = _tree(call)
    policies = organization_policies(tree) if tree else []
    found = next((one for one in policies if one.id == params["PolicyId"]), None)
    missing = _refusal(call, tree, members=False)
    if missing is None and found is None:
        missing = missing_of("PolicyNotFoundException", "a policy")
    kept = {"organizations:PolicyType": found.type} if found else {}
    check = PermissionCheck(call.operation, found.arn if found else "*", context=kept)
    return Resolution((check,), subject=(tree, found), missing=missing)


_on_tagged = on_node(
    "ResourceId", "TargetNotFoundException", "a target", "ROOT", "ORGANIZATIONAL_UNIT", "ACCOUNT"
)


def on_tagged(call: Call, params: Params) -> Resolution:
    """Resolve a root, a unit, an account or a policy, which could have tags."""
    if params["ResourceId"].startswith("p-"):
        return on_policy(call, {"PolicyId": params["ResourceId"]})
    return _on_tagged(call, params)


def on_own_account(call: Call, params: Params) -> Resolution:
    """Resolve a read that an account of no organization may make, too."""
    return Resolution((PermissionCheck(call.operation, "*"),))


def _policy_type(params: Params) -> dict[str, Any]:
    return {"organizations:PolicyType": params["Filter"]} if "Filter" in params else {}
