"""The tree of a sandbox's organization: root, units, accounts, and the policies on each."""

from collections.abc import Sequence
from dataclasses import dataclass

from iam.arns import organization_arn
from iam.models import Account, ControlPolicy, Sandbox
from iam.models.organizations import ROOT, root_id, unit_id, unit_target, units_above


@dataclass(frozen=True)
class TreeNode:
    """The root, a unit or an account: its ID, its name, and what policies call it."""

    id: str
    type: str
    name: str
    target: str
    parent: str = ""


@dataclass(frozen=True)
class OrganizationTree:
    """An organization with all that is in it. The root has no parent."""

    id: str
    management: Account
    accounts: Sequence[Account]
    policies: Sequence[ControlPolicy]
    nodes: Sequence[TreeNode]

    def node(self, id_: str, *types: str) -> TreeNode | None:
        return next((one for one in self.nodes if one.id == id_ and one.type in types), None)

    def below(self, parent: str, type_: str) -> list[TreeNode]:
        return [one for one in self.nodes if one.parent == parent and one.type == type_]

    def account(self, account_id: str) -> Account | None:
        return next((one for one in self.accounts if one.account_id == account_id), None)

    def arn(self, node: TreeNode) -> str:
        """Return a node's ARN, which is of the management account."""
        kind = {"ROOT": "root", "ORGANIZATIONAL_UNIT": "ou", "ACCOUNT": "account"}[node.type]
        return organization_arn(self.management.account_id, kind, self.id, node.id)


def organization_tree(sandbox: Sandbox) -> OrganizationTree | None:
    """Return the organization of a sandbox, if it has one: two queries, whatever its size."""
    accounts = list(Account.in_sandbox(sandbox))
    management = next((one for one in accounts if one.management), None)
    if management is None or not sandbox.organization_id:
        return None
    policies = list(ControlPolicy.in_sandbox(sandbox).select_related("document"))
    nodes = _nodes(sandbox.organization_id, accounts, policies)
    return OrganizationTree(sandbox.organization_id, management, accounts, policies, nodes)


def _nodes(
    id_: str, accounts: Sequence[Account], policies: Sequence[ControlPolicy]
) -> list[TreeNode]:
    """Return the root, the units that an account or a policy names, and the accounts."""
    root = root_id(id_)
    named = [one.organizational_unit for one in accounts]
    targets = (target for policy in policies for target in policy.targets)
    named += [target.removeprefix("ou:") for target in targets if target.startswith("ou:")]
    units = sorted({unit for name in named for unit in units_above(name)})

    def place(unit: str) -> str:
        return unit_id(id_, unit) if unit else root

    return [
        TreeNode(root, "ROOT", "Root", ROOT),
        *(
            TreeNode(
                unit_id(id_, unit),
                "ORGANIZATIONAL_UNIT",
                unit.rpartition("/")[2],
                unit_target(unit),
                place(unit.rpartition("/")[0]),
            )
            for unit in units
        ),
        *(
            TreeNode(
                one.account_id, "ACCOUNT", one.name, one.account_id, place(one.organizational_unit)
            )
            for one in accounts
        ),
    ]
