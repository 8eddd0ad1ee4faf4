"""The control policies of an organization, AWS's own among them."""

from dataclasses import dataclass
from typing import Any

from iam.arns import aws_control_policy_arn
from iam.authorization.organization import full_access
from iam.models import ControlPolicy
from iam.queries.organization_trees import OrganizationTree, TreeNode


@dataclass(frozen=True)
class OrganizationPolicy:
    """A control policy as AWS shows it, with the targets that it is attached to."""

    id: str
    arn: str
    name: str
    description: str
    type: str
    text: str
    aws_managed: bool
    nodes: tuple[TreeNode, ...]

    def summary(self) -> dict[str, Any]:
        return {
            "Id": self.id,
            "Arn": self.arn,
            "Name": self.name,
            "Description": self.description,
            "Type": self.type,
            "AwsManaged": self.aws_managed,
        }


def organization_policies(tree: OrganizationTree) -> list[OrganizationPolicy]:
    """Return all policies of an organization: AWS's, which stand everywhere, and its own."""
    types = ControlPolicy.Type
    return [*(_of_aws(tree, one) for one in types), *(_own(tree, one) for one in tree.policies)]


def _of_aws(tree: OrganizationTree, type_: ControlPolicy.Type) -> OrganizationPolicy:
    found = full_access(type_)
    replaced = {
        target
        for policy in tree.policies
        if policy.replaces_full_access and policy.type == type_ == ControlPolicy.Type.SCP
        for target in policy.targets
    }
    return OrganizationPolicy(
        id=f"p-{found.name}",
        arn=aws_control_policy_arn(f"{type_.lower()}/p-{found.name}"),
        name=found.name,
        description="Allows access to every operation",
        type=type_,
        text=found.text,
        aws_managed=True,
        nodes=tuple(node for node in tree.nodes if node.target not in replaced),
    )


def _own(tree: OrganizationTree, policy: ControlPolicy) -> OrganizationPolicy:
    arn = policy.arn(tree.id, tree.management.account_id)
    return OrganizationPolicy(
        id=arn.rpartition("/")[2],
        arn=arn,
        name=policy.name,
        description="",
        type=policy.type,
        text=policy.document.text,
        aws_managed=False,
        nodes=tuple(node for node in tree.nodes if node.target in policy.targets),
    )
