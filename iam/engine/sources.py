"""A policy that applies to a request, and where it comes from."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from iam.engine.policy import Policy


@dataclass(frozen=True)
class Source:
    """A policy and how to name it; `bound` maps principal ARNs as written to unique IDs."""

    policy: Policy
    name: str
    arn: str = ""
    bound: Mapping[str, str] = field(default_factory=dict)
