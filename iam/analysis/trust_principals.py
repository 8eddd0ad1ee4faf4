"""The principals that a role's trust policy names."""

from collections.abc import Mapping

from iam.engine import parse_policy
from iam.models import Role


def named_by_type(role: Role) -> Mapping[str, tuple[str, ...]]:
    """Return the principals that a trust policy names, by type."""
    named: dict[str, dict[str, None]] = {}
    for statement in parse_policy(role.trust.text).statements:
        for kind, values in (statement.principals.named if statement.principals else {}).items():
            named.setdefault("AWS" if kind == "*" else kind, {}).update(dict.fromkeys(values))
    return {kind: tuple(values) for kind, values in named.items()}


def lets_in_aws(role: Role) -> bool:
    return "AWS" in named_by_type(role)


def named_in_trust(role: Role) -> frozenset[str]:
    """Return the users, roles and sessions that a trust policy names: ARNs, IDs they mean, `*`."""
    named = named_by_type(role).get("AWS", ())
    return frozenset(role.trust_bound.get(value, value) for value in named)
