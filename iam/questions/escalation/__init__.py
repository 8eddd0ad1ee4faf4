"""How a principal could become administrator, by steps that the engine allows one by one.

The steps are documented ways to escalate privileges: Rhino Security Labs, *AWS IAM Privilege
Escalation - Methods and Mitigation* (numbers 1 to 21 of its list), NCC Group's *Principal Mapper*,
and Datadog's pathfinding.cloud (names such as iam-008, lambda-001). Facts were taken, no code.
"""

from iam.questions.escalation.search import MOST_STEPS, Escalation, escalations, escalations_of_all
from iam.questions.escalation.steps import Path, Step

__all__ = ["MOST_STEPS", "Escalation", "Path", "Step", "escalations", "escalations_of_all"]
