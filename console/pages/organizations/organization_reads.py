"""An organization as its read operations return it, in one value."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest

from console.pages.calls import CallResult, call

TYPES = {
    "SERVICE_CONTROL_POLICY": ("SCP", "Service control policy"),
    "RESOURCE_CONTROL_POLICY": ("RCP", "Resource control policy"),
}
"""The types of control policies: short, and in words."""
NOT_IN_USE = "AWSOrganizationsNotInUseException"
"""What AWS answers in an account that is in no organization."""
ROOT, UNIT, ACCOUNT = "Root", "Organizational unit", "Account"


@dataclass(frozen=True)
class ControlPolicyView:
    """A control policy with its text, and the IDs of what it is attached to."""

    id: str
    arn: str
    name: str
    description: str
    type: str
    aws_managed: bool
    text: str
    targets: frozenset[str]

    @property
    def short_type(self) -> str:
        return TYPES[self.type][0]

    @property
    def type_name(self) -> str:
        return TYPES[self.type][1]


@dataclass(frozen=True)
class NodeView:
    """The root, a unit or an account, with how deep it lies and the policies attached to it."""

    id: str
    name: str
    type: str
    depth: int
    parent: str
    management: bool
    policies: tuple[ControlPolicyView, ...]


@dataclass(frozen=True)
class OrganizationView:
    """An organization: what DescribeOrganization returns, its tree from the top, its policies."""

    described: Mapping[str, Any]
    nodes: tuple[NodeView, ...]
    policies: tuple[ControlPolicyView, ...]

    def node(self, id_: str) -> NodeView | None:
        return next((one for one in self.nodes if one.id == id_), None)

    def path(self, node: NodeView) -> list[NodeView]:
        """Return the levels from the root down to a node."""
        above = self.node(node.parent)
        return [*self.path(above), node] if above else [node]


def read_policies(request: HttpRequest) -> list[ControlPolicyView]:
    """Return the control policies with texts and targets; raises what refuses a call."""
    found = []
    for type_ in TYPES:
        for summary in _every(request, "ListPolicies", "Policies", Filter=type_):
            targets = _every(request, "ListTargetsForPolicy", "Targets", PolicyId=summary["Id"])
            described = _read(request, "DescribePolicy", PolicyId=summary["Id"])
            found.append(
                ControlPolicyView(
                    id=summary["Id"],
                    arn=summary["Arn"],
                    name=summary["Name"],
                    description=summary["Description"],
                    type=type_,
                    aws_managed=summary["AwsManaged"],
                    text=described["Policy"]["Content"],
                    targets=frozenset(one["TargetId"] for one in targets),
                )
            )
    return found


def read_organization(request: HttpRequest, described: Mapping[str, Any]) -> OrganizationView:
    """Return the whole organization; raises what refuses a call."""
    policies = read_policies(request)
    manager = str(described["MasterAccountId"])

    def node(row: Mapping[str, Any], type_: str, depth: int, parent: str) -> NodeView:
        own = tuple(one for one in policies if row["Id"] in one.targets)
        is_manager = row["Id"] == manager
        return NodeView(row["Id"], row["Name"], type_, depth, parent, is_manager, own)

    def below(parent: str, depth: int) -> Iterator[NodeView]:
        for row in _every(request, "ListAccountsForParent", "Accounts", ParentId=parent):
            yield node(row, ACCOUNT, depth, parent)
        units = "ListOrganizationalUnitsForParent"
        for row in _every(request, units, "OrganizationalUnits", ParentId=parent):
            yield node(row, UNIT, depth, parent)
            yield from below(row["Id"], depth + 1)

    (root,) = _every(request, "ListRoots", "Roots")
    nodes = (node(root, ROOT, 0, ""), *below(root["Id"], 1))
    return OrganizationView(described, nodes, tuple(policies))


def describe_organization(request: HttpRequest) -> CallResult:
    """Return the organization of the visitor's account, which its members may describe, too."""
    return call(request, "organizations:DescribeOrganization")


def _read(request: HttpRequest, operation: str, **params: Any) -> dict[str, Any]:
    return call(request, f"organizations:{operation}", **params).or_raise().output


def _every(request: HttpRequest, operation: str, key: str, **params: Any) -> list[dict[str, Any]]:
    """Return every row of a list, page by page."""
    rows: list[dict[str, Any]] = []
    page: dict[str, Any] = {}
    while True:
        output = _read(request, operation, **params, **page)
        rows += output[key]
        if "NextToken" not in output:
            return rows
        page = {"NextToken": output["NextToken"]}
