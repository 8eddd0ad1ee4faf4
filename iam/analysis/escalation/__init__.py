"""How a principal could become administrator, by steps that the engine allows one by one.

The steps are documented ways to escalate privileges: Rhino Security Labs, *AWS IAM Privilege
Escalation - Methods and Mitigation* (numbers 1 to 21 of its list), NCC Group's *Principal Mapper*,
and Datadog's pathfinding.cloud (names such as iam-008, lambda-001). Facts were taken, no code.
"""

from iam.analysis.escalation.search import MOST_STEPS, Escalation, escalations, escalations_of_all
from iam.analysis.escalation.steps import EscalationPath, EscalationStep

__all__ = [
    "MOST_STEPS",
    "Escalation",
    "EscalationPath",
    "EscalationStep",
    "escalations",
    "escalations_of_all",
]
