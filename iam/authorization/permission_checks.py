"""What an operation needs permission for."""

from collections.abc import Mapping
from dataclasses import dataclass, field

GRANTS_NOTHING = '{"Version": "2012-10-17", "Statement": []}'
"""The policy of what is gone, or never was."""
GRANTS_EVERYTHING = (
    '{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "*", "Resource": "*"}]}'
)
"""What a root user may, and what an organization allows until a policy limits it."""

ContextValue = str | tuple[str, ...]


@dataclass(frozen=True)
class ResourcePolicy:
    """The policy of the resource that is asked for; `trust` marks a role's trust policy.

    `bound` maps a principal's ARN as written to the unique ID it was bound to when saved.
    """

    text: str
    name: str
    arn: str = ""
    bound: Mapping[str, str] = field(default_factory=dict)
    trust: bool = False


@dataclass(frozen=True)
class PermissionCheck:
    """One question to the engine: may the caller do this action on this resource?

    `account_id` is the account the resource belongs to; empty means the caller's own.
    `names_resource` is false where AWS's denial sentence leaves the resource out.
    """

    action: str
    resource: str = "*"
    account_id: str = ""
    policy: ResourcePolicy | None = None
    context: Mapping[str, ContextValue] = field(default_factory=dict)
    names_resource: bool = True
