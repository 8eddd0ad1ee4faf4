"""What each level of an organization lets through, in words."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from console.pages.organizations.organization_reads import NodeView
from iam.policy_documents import as_list, statements_in

_MOST_NAMED = 6
_BY_NAME = {
    "Service control policies": "SERVICE_CONTROL_POLICY",
    "Resource control policies": "RESOURCE_CONTROL_POLICY",
}


@dataclass(frozen=True)
class PassedLevel:
    """One level: what its policies of one type allow, and what each of their denies keeps out."""

    node: NodeView
    allows: str
    denies: tuple[str, ...]


def levels_of(path: Sequence[NodeView]) -> dict[str, list[PassedLevel]]:
    """Return the levels above something and its own, by the policies that decide there."""
    return {name: [_level(node, type_) for node in path] for name, type_ in _BY_NAME.items()}


def _level(node: NodeView, type_: str) -> PassedLevel:
    statements = [
        statement
        for policy in node.policies
        if policy.type == type_
        for statement in statements_in(policy.text)
    ]
    allows = [_actions(one) for one in statements if one["Effect"] == "Allow"]
    if "Everything" in allows:
        allows = ["Everything"]
    denies = tuple(_words(one) for one in statements if one["Effect"] == "Deny")
    return PassedLevel(node, "; ".join(allows) or "Nothing", denies)


def _words(statement: Mapping[str, Any]) -> str:
    """Return what a statement denies: `ec2:RunInstances on …, where StringNotEquals …`."""
    resources = [one for one in as_list(statement.get("Resource", "*")) if one != "*"]
    on = f" on {_listed(resources)}" if resources else ""
    if "NotResource" in statement:
        on = f" on all but {_listed(as_list(statement['NotResource']))}"
    conditions = [
        f"{operator} {key} {_listed(as_list(values))}"
        for operator, keys in statement.get("Condition", {}).items()
        for key, values in keys.items()
    ]
    where = f", where {' and '.join(conditions)}" if conditions else ""
    return f"{_actions(statement)}{on}{where}"


def _actions(statement: Mapping[str, Any]) -> str:
    if "NotAction" in statement:
        return f"Everything but {_listed(as_list(statement['NotAction']))}"
    named = as_list(statement["Action"])
    return "Everything" if "*" in named else _listed(named)


def _listed(values: Sequence[Any]) -> str:
    shown = ", ".join(str(one) for one in values[:_MOST_NAMED])
    more = len(values) - _MOST_NAMED
    return f"{shown} and {more} more" if more > 0 else shown
