"""The permission checks of an operation."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

GRANTS_NOTHING = '{"Version": "2012-10-17", "Statement": []}'
"""The policy of what is gone, or never was."""
GRANTS_EVERYTHING = (
    '{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "*", "Resource": "*"}]}'
)
"""What a root user may, and what an organization allows until a policy limits it."""

ContextValue = str | tuple[str, ...]


@dataclass(frozen=True)
class ResourcePolicy:
    """The policy of the requested resource; `trust` marks a role's trust policy.

    `bound` maps a principal's ARN as written to its unique ID when the policy was saved.
    """

    text: str
    name: str
    arn: str = ""
    bound: Mapping[str, str] = field(default_factory=dict)
    trust: bool = False


@dataclass(slots=True)
class PermissionCheck:
    """One question to the engine: may the caller do this action on this resource?

    `account_id` is the account of the resource; empty means the caller's own.
    `names_resource` is false if AWS's denial leaves the resource out.
    """

    # Final instead of frozen: a frozen dataclass takes several times as long to make.
    action: Final[str]
    resource: Final[str] = "*"
    account_id: Final[str] = ""
    policy: Final[ResourcePolicy | None] = None
    context: Final[Mapping[str, ContextValue]] = field(default_factory=dict)
    names_resource: Final[bool] = True
