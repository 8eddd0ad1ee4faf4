"""Questions about a whole sandbox; see README.md."""

from iam.actions.simulation import Reason, reasons
from iam.questions.asking import seen_by
from iam.questions.assuming import RoleAccess, Way, who_can_assume
from iam.questions.escalation import Escalation, Path, Step, escalations, escalations_of_all
from iam.questions.resources import Finder, check_on, owned_by
from iam.questions.someone import PLAIN, Circumstances, Someone
from iam.questions.who_can import Who, who_can
from iam.questions.world import World

__all__ = [
    "PLAIN",
    "Circumstances",
    "Escalation",
    "Finder",
    "Path",
    "Reason",
    "RoleAccess",
    "Someone",
    "Step",
    "Way",
    "Who",
    "World",
    "check_on",
    "escalations",
    "escalations_of_all",
    "owned_by",
    "reasons",
    "seen_by",
    "who_can",
    "who_can_assume",
]
