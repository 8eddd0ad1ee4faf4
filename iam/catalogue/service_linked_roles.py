"""The services with a service-linked role, by the names in AWS's user guides."""

from dataclasses import dataclass
from functools import lru_cache

from iam.arns import SERVICE_LINKED_PATH, aws_policy_arn
from iam.catalogue.editions import read_json

OF_EVERY_ACCOUNT = ("support.amazonaws.com", "trustedadvisor.amazonaws.com")
"""The services whose role is in an account from the start, and as long as they use the account.

AWS Support user guide, *Using service-linked roles* for AWS Support and for Trusted Advisor.
"""


@dataclass(frozen=True)
class ServiceLinkedRole:
    """A service's role: its principal, the role's name, its policy, whether it takes a suffix."""

    service: str
    role_name: str
    policy_name: str
    takes_suffix: bool
    description: str

    @property
    def policy_arn(self) -> str:
        """Return the ARN of the policy that the role has, which nobody may detach."""
        return aws_policy_arn(self.policy_name, SERVICE_LINKED_PATH)


@lru_cache(maxsize=1)
def _roles() -> dict[str, ServiceLinkedRole]:
    return {row[0]: ServiceLinkedRole(*row) for row in read_json("service_linked_roles.json")}


def service_linked_role(service: str) -> ServiceLinkedRole | None:
    """Return the role of a service such as autoscaling.amazonaws.com."""
    return _roles().get(service)
