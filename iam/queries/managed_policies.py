"""Managed policies, the customer's and AWS's, by ARN, and how often an account uses each."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db.models import Count, Q

from iam import catalogue
from iam.arns import Arn, is_account_id, is_aws_managed, parse_arn
from iam.catalogue import ManagedPolicy
from iam.models import Account, Attachment, PolicyVersion, Role, User

AnyPolicy = PolicyVersion | ManagedPolicy
"""A managed policy: the customer's by its default version, AWS's from the catalogue."""


@dataclass(frozen=True)
class PolicyUsage:
    """The number of entities that have each policy, attached and as a boundary, by ARN."""

    attached: Counter[str] = field(default_factory=Counter)
    boundary: Counter[str] = field(default_factory=Counter)


def parse_policy_arn(text: str) -> Arn | None:
    """Parse the ARN of a managed policy, the customer's or AWS's; None for anything else."""
    arn = parse_arn(text)
    if arn is None or not arn.is_of("iam", "policy") or not arn.name or "\n" in arn.path:
        return None
    return arn if is_account_id(arn.account) or is_aws_managed(text) else None


def is_customer_arn(account: Account, arn: str) -> bool:
    """Return whether an ARN names a customer managed policy of this very account."""
    named = parse_policy_arn(arn)
    return named is not None and named.account == account.account_id


def find_each_managed(account: Account, arns: Iterable[str]) -> dict[str, AnyPolicy]:
    """Return the policies that an account can use under these ARNs, in one query."""
    found: dict[str, AnyPolicy] = {}
    names: set[str] = set()
    for arn in set(arns):
        named = parse_policy_arn(arn)
        if named is not None and named.account == account.account_id:
            names.add(named.name)
        elif named is not None and (policy := catalogue.managed_policy(arn)) is not None:
            found[arn] = policy
    if names:
        versions = PolicyVersion.in_sandbox(account.sandbox).filter(
            policy__account=account, policy__name__in=names, is_default=True
        )
        for version in versions.select_related("policy__account", "document"):
            found[version.policy.arn] = version
    return found


def has_managed(account: Account, arn: str) -> bool:
    return arn in find_each_managed(account, [arn])


def usage_of_policies(account: Account) -> PolicyUsage:
    """Count an account's attachments and boundaries for every policy, in three queries."""
    mine = Q(user__account=account) | Q(group__account=account) | Q(role__account=account)
    attached = (
        Attachment.in_sandbox(account.sandbox)
        .filter(mine)
        .order_by()
        .values_list("policy_arn")
        .annotate(Count("id"))
    )
    boundary: Counter[str] = Counter()
    for model in (User, Role):
        rows = model.in_sandbox(account.sandbox).filter(account=account).exclude(boundary_arn="")
        boundary.update(rows.values_list("boundary_arn", flat=True))
    return PolicyUsage(Counter(dict(attached)), boundary)
