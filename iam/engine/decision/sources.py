"""A policy that applies to a request, and where it comes from."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from iam.engine.decision.policy import CompiledPolicy


@dataclass(frozen=True)
class PolicySource:
    """A policy and how to name it; `bound` maps principal ARNs as written to unique IDs."""

    policy: CompiledPolicy
    name: str
    arn: str = ""
    bound: Mapping[str, str] = field(default_factory=dict)
