"""An operation that changes somebody's rights, before it is asked whether it is allowed."""

from dataclasses import dataclass

from iam.actions.subjects import boundary_context, tag_context
from iam.analysis.escalation.steps import EntityChange
from iam.authorization import ContextValue, PermissionCheck
from iam.models import Group, Role, User

ALLOW_ALL = (
    '{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "*", "Resource": "*"}]}'
)
Owner = User | Role | Group


@dataclass(frozen=True)
class RightsChange:
    """An operation on something, the checks that it needs, and what it changes."""

    title: str
    operation: str
    params: dict[str, object]
    checks: tuple[PermissionCheck, ...]
    source: str
    change: EntityChange


def check_on_owner(action: str, owner: Owner, **extra: ContextValue) -> PermissionCheck:
    """Return the check that the operation's own resolver makes."""
    context = {**tag_context(owner), **boundary_context({}, owner)}
    named = {f"iam:{key}": value for key, value in extra.items()}
    return PermissionCheck(action, owner.arn, context={**context, **named})
