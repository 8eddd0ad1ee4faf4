"""The trust policies of roles as resources of a simulation.

AWS's simulator ignores them, and so allows calls that the role refuses.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from iam.actions.policy_reads import resource_read
from iam.actions.simulation.documents import RESOURCE_POLICY, PolicyInput
from iam.arns import parse_iam_arn
from iam.engine import PolicySource, parse_policy
from iam.models import Role, Sandbox

_ABOUT = {"sts:assumerole", "sts:tagsession", "sts:setsourceidentity"}
TRUST_POLICY = "AssumeRolePolicyDocument"


@dataclass(frozen=True)
class Trust:
    """A role's trust policy with its bound principals."""

    account_id: str
    document: PolicyInput
    bound: Mapping[str, str] = field(default_factory=dict)

    @property
    def source(self) -> PolicySource:
        return PolicySource(parse_policy(self.document.text), self.document.key, bound=self.bound)

    def is_about(self, action: str) -> bool:
        return action.lower() in _ABOUT


def typed_trusts(document: PolicyInput, resources: Sequence[str]) -> dict[str, Trust]:
    """Return a trust policy that was typed in, as that of every role among the resources."""
    named = {arn: parse_iam_arn(arn, "role") for arn in resources}
    return {arn: Trust(role.account, document) for arn, role in named.items() if role}


def trusts_of(sandbox: Sandbox, resources: Sequence[str]) -> dict[str, Trust]:
    """Return the trust policies of the resources that are roles of the sandbox, by ARN."""
    names = {named.name for arn in resources if (named := parse_iam_arn(arn, "role"))}
    if not names:
        return {}
    roles = Role.in_sandbox(sandbox).filter(name__in=names).select_related("account", "trust")
    trusts: dict[str, Trust] = {}
    for role in roles:
        read = resource_read(role.arn)
        document = PolicyInput(
            TRUST_POLICY, RESOURCE_POLICY, role.trust.text, key=role.arn, read=read
        )
        trusts[role.arn] = Trust(role.account.account_id, document, role.trust_bound)
    return {arn: trust for arn, trust in trusts.items() if arn in resources}
