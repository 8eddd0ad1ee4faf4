"""The steps by which a principal could become administrator, or reach another goal.

The engine allows each step. They are documented ways: Rhino Security Labs, *AWS IAM Privilege
Escalation - Methods and Mitigation* (numbers 1 to 21 of its list), NCC Group's *Principal Mapper*,
and Datadog's pathfinding.cloud (names such as iam-008, lambda-001). Facts were taken, no code.
"""

from iam.analysis.escalation.goals import ADMINISTRATOR, ActAs, Do, Goal
from iam.analysis.escalation.search import MOST_STEPS, Escalation, escalations, escalations_of_all
from iam.analysis.escalation.search_budget import SearchBudget, SearchTooLong
from iam.analysis.escalation.service_calls import runs_what_it_is_given
from iam.analysis.escalation.steps import EscalationPath, EscalationStep
from iam.analysis.escalation.tagged_resources import TaggedResource, Tagging, has_tags
from iam.analysis.escalation.workloads import Workload, runs_as_roles

__all__ = [
    "ADMINISTRATOR",
    "MOST_STEPS",
    "ActAs",
    "Do",
    "Escalation",
    "EscalationPath",
    "EscalationStep",
    "Goal",
    "SearchBudget",
    "SearchTooLong",
    "TaggedResource",
    "Tagging",
    "Workload",
    "escalations",
    "escalations_of_all",
    "has_tags",
    "runs_as_roles",
    "runs_what_it_is_given",
]
