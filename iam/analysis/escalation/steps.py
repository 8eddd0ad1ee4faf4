"""What a way to administrator rights is made of."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from iam.analysis.sentences import granted_by
from iam.arns import aws_policy_arn
from iam.authorization import Authorization
from iam.authorization.policies_of_many import Key

ADMINISTRATOR_ACCESS = aws_policy_arn("AdministratorAccess")


@dataclass(frozen=True)
class EscalationStep:
    """One thing done by a principal to another or to itself, and why it is allowed.

    `operation` and `params` are the call that does it, where one call of IAM or STS does;
    `source` is where the way is documented.
    """

    title: str
    actions: tuple[str, ...]
    actor: str
    target: str
    source: str
    reason: str = field(compare=False)
    operation: str = field(default="", compare=False)
    params: Mapping[str, Any] = field(default_factory=dict, compare=False)


@dataclass(frozen=True)
class EscalationPath:
    """Steps that end with administrator rights, held by a principal; none if it has them now."""

    steps: tuple[EscalationStep, ...]
    administrator: str


@dataclass(frozen=True)
class EntityChange:
    """Something done to a user, role, group or policy that stays as it is afterwards.

    `what`: `administrator` (a policy that allows everything), `unbounded` (no boundary),
    `open` (a group that takes members, a role's trust that takes names), `rewritten` (a policy
    that allows everything), or a version number that a policy is set back to.
    """

    what: str
    holder: Key
    version: int = 0


@dataclass(frozen=True)
class ControlledPrincipal:
    """A principal under control, with the changes that bear on it."""

    key: Key
    changes: frozenset[EntityChange] = frozenset()


@dataclass(frozen=True)
class Move:
    """A step and what it leads to: another principal under control, or a change."""

    step: EscalationStep
    to: ControlledPrincipal | EntityChange


def reason_of(answers: list[Authorization]) -> str:
    """Say which statements allow what a step needs."""
    return "; ".join(f"{one.check.action} is allowed by {granted_by(one)}" for one in answers)
