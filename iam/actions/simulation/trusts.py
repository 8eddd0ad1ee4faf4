"""The trust policies of roles that a simulation is about: ours takes them into account.

AWS's simulator leaves them out and so allows what no role would let in.
"""

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from iam.actions.simulation.documents import RESOURCE_POLICY, PolicyInput
from iam.engine import PolicySource, parse_policy
from iam.models import Role, Sandbox

_ROLE = re.compile(r"arn:aws:iam::(\d{12}):role/(?:.*/)?([^/]+)", re.DOTALL)
_ABOUT = {"sts:assumerole", "sts:tagsession", "sts:setsourceidentity"}
TRUST_POLICY = "AssumeRolePolicyDocument"


@dataclass(frozen=True)
class Trust:
    """A role's trust policy with whom its principals mean."""

    account_id: str
    document: PolicyInput
    bound: Mapping[str, str] = field(default_factory=dict)

    @property
    def source(self) -> PolicySource:
        return PolicySource(parse_policy(self.document.text), self.document.key, bound=self.bound)

    def is_about(self, action: str) -> bool:
        return action.lower() in _ABOUT


def trusts_of(sandbox: Sandbox, resources: Sequence[str]) -> dict[str, Trust]:
    """Return the trust policies of the resources that are roles of the sandbox, by ARN."""
    names: dict[str, set[str]] = defaultdict(set)
    for arn in resources:
        if (found := _ROLE.fullmatch(arn)) is not None:
            names[found[1]].add(found[2])
    if not names:
        return {}
    wanted = {name for found in names.values() for name in found}
    roles = Role.in_sandbox(sandbox).filter(name__in=wanted).select_related("account", "trust")
    trusts: dict[str, Trust] = {}
    for role in roles:
        document = PolicyInput(TRUST_POLICY, RESOURCE_POLICY, role.trust.text, key=role.arn)
        trusts[role.arn] = Trust(role.account.account_id, document, role.trust_bound)
    return {arn: trust for arn, trust in trusts.items() if arn in resources}
