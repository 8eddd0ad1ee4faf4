"""Policies put on users, groups and roles."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from iam.arns import aws_policy_arn
from iam.factories.requests import requested
from iam.models import Group, Role, User

Owner = User | Group | Role

ALLOW_ALL = (
    '{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "*", "Resource": "*"}}'
)
READ_ONLY = aws_policy_arn("ReadOnlyAccess")


def _kind(owner: Owner) -> str:
    return type(owner).__name__


def put_policies(
    owner: Owner,
    managed: Sequence[str] = (),
    inline: Mapping[str, str] | None = None,
    received_at: datetime | None = None,
) -> None:
    """Attach managed policies by ARN, and embed inline ones by name, as typed."""
    kind = _kind(owner)
    for arn in managed:
        params = {f"{kind}Name": owner.name, "PolicyArn": arn}
        requested(owner.account, f"iam:Attach{kind}Policy", params, received_at)
    for name, document in (inline or {}).items():
        params = {f"{kind}Name": owner.name, "PolicyName": name, "PolicyDocument": document}
        requested(owner.account, f"iam:Put{kind}Policy", params, received_at)
