"""The policies that apply to a caller, with their sources."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from iam.arns import aws_control_policy_arn
from iam.authorization.permission_checks import GRANTS_NOTHING
from iam.engine import Layer, PolicySource, parse_policy
from iam.models import document_hash

_LEVELLED = {"SCP", "RCP"}
_OF_A_GROUP = "group "
_OF_AWS = aws_control_policy_arn("")  # every organization has them without a stored document


@dataclass(frozen=True)
class AppliedPolicy:
    """One policy that applies: its layer, how it is attached, and the text it had."""

    layer: str
    name: str
    text: str
    attached: str = "directly"
    arn: str = ""
    version: str = ""
    bound: Mapping[str, str] = field(default_factory=dict)
    level: int = 0

    def at(self, level: int, label: str) -> "AppliedPolicy":
        """Return the same policy attached at a level of an organization, whose root is 0."""
        return replace(self, level=level, attached=label)

    @property
    def group(self) -> str:
        """Return the group that gives it to a user; empty without one."""
        of_a_group = self.attached.startswith(_OF_A_GROUP)
        return self.attached.removeprefix(_OF_A_GROUP) if of_a_group else ""

    @property
    def source_name(self) -> str:
        """Return its name in decisions: with its level or group if it has one."""
        elsewhere = self.layer in _LEVELLED or self.group
        return f"{self.name} ({self.attached})" if elsewhere else self.name

    @property
    def key(self) -> tuple[Layer, str]:
        """Return what sets it apart in a decision: its layer, and its name there."""
        return Layer(self.layer), self.source_name

    def source(self) -> PolicySource:
        text = parse_policy(self.text)
        return PolicySource(text, name=self.source_name, arn=self.arn, bound=self.bound)

    def manifest(self) -> dict[str, Any]:
        """Return the data that an event keeps of it to replay the decision."""
        kept: dict[str, Any] = {
            "layer": self.layer,
            "name": self.name,
            "attached": self.attached,
            "arn": self.arn,
            "version": self.version,
            "hash": document_hash(self.text),
            "bound": dict(self.bound),
        }
        if self.layer in _LEVELLED:
            kept["level"] = self.level
        of_aws = self.arn.startswith(_OF_AWS)
        if self.layer == "SESSION" or self.text == GRANTS_NOTHING or of_aws:
            kept["text"] = self.text
        return kept
