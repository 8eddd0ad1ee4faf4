"""Policies put on users, groups and roles."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from factory import Sequence as Numbered
from factory import SubFactory

from iam.arns import aws_policy_arn
from iam.factories.requests import RequestFactory, requested
from iam.models import Attachment, Group, InlinePolicy, Role, User

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


class InlinePolicyFactory(RequestFactory[InlinePolicy]):
    """An inline policy of `owner`: a user, group or role."""

    class Meta:
        model = InlinePolicy

    owner = SubFactory("iam.factories.entities.UserFactory")
    name = Numbered(lambda n: f"inline-{n}")
    document = ALLOW_ALL

    @classmethod
    def made(cls, **given: Any) -> InlinePolicy:
        """Put the policy."""
        owner: Owner = given["owner"]
        put_policies(owner, inline={given["name"]: given["document"]})
        rows = InlinePolicy.in_sandbox(owner.sandbox)
        row: InlinePolicy = rows.get(**{_kind(owner).lower(): owner, "name": given["name"]})
        return row


class AttachmentFactory(RequestFactory[Attachment]):
    """A managed policy attached to `owner`: a user, group or role."""

    class Meta:
        model = Attachment

    owner = SubFactory("iam.factories.entities.UserFactory")
    policy_arn = READ_ONLY

    @classmethod
    def made(cls, **given: Any) -> Attachment:
        """Attach the policy."""
        owner: Owner = given["owner"]
        put_policies(owner, managed=[given["policy_arn"]])
        rows = Attachment.in_sandbox(owner.sandbox)
        where = {_kind(owner).lower(): owner, "policy_arn": given["policy_arn"]}
        row: Attachment = rows.get(**where)
        return row
