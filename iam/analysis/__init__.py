"""Questions about a whole sandbox; see README.md."""

from iam.actions.policy_reads import for_viewer
from iam.actions.simulation import Reason, reasons
from iam.analysis.access import (
    STRANGER,
    Access,
    Probe,
    access_of,
    namesakes_in,
    probe_for,
    probes_of,
    stranger_in,
    strangers_in,
)
from iam.analysis.access_changes import (
    AccessChanges,
    ReachChange,
    RoleEntry,
    access_changes,
    entries_of,
)
from iam.analysis.action_access import Grantee, who_can
from iam.analysis.circumstances import PLAIN, Circumstances, plain_origin
from iam.analysis.effective_permissions import (
    EffectivePermissions,
    ServiceReach,
    effective_permissions,
)
from iam.analysis.escalation import (
    ADMINISTRATOR,
    ActAs,
    Do,
    Escalation,
    EscalationPath,
    EscalationStep,
    Goal,
    SearchBudget,
    SearchTooLong,
    TaggedResource,
    Tagging,
    Workload,
    escalations,
    escalations_of_all,
    has_tags,
    runs_as_roles,
    runs_what_it_is_given,
)
from iam.analysis.resources import Finder, assume_check, check_on, owned_by
from iam.analysis.role_access import RoleAccess, WayIn, who_can_assume
from iam.analysis.sentences import LAYER_NAMES, TRUST_NAME, because, granted_by
from iam.analysis.supposed_policies import (
    with_inline_policy,
    with_managed_policy,
    with_role,
    with_trust,
)
from iam.analysis.world import World, seen_by
from iam.analysis.world_principals import SESSION_NAME, WorldPrincipal
from iam.authorization import Explanation
from iam.engine import Coverage, Decision, Layer, LayerEffect, LayerResult, Obstacle, StatementRef

__all__ = [
    "ADMINISTRATOR",
    "LAYER_NAMES",
    "PLAIN",
    "SESSION_NAME",
    "STRANGER",
    "TRUST_NAME",
    "Access",
    "AccessChanges",
    "ActAs",
    "Circumstances",
    "Coverage",
    "Decision",
    "Do",
    "EffectivePermissions",
    "Escalation",
    "EscalationPath",
    "EscalationStep",
    "Explanation",
    "Finder",
    "Goal",
    "Grantee",
    "Layer",
    "LayerEffect",
    "LayerResult",
    "Obstacle",
    "Probe",
    "ReachChange",
    "Reason",
    "RoleAccess",
    "RoleEntry",
    "SearchBudget",
    "SearchTooLong",
    "ServiceReach",
    "StatementRef",
    "TaggedResource",
    "Tagging",
    "WayIn",
    "Workload",
    "World",
    "WorldPrincipal",
    "access_changes",
    "access_of",
    "assume_check",
    "because",
    "check_on",
    "effective_permissions",
    "entries_of",
    "escalations",
    "escalations_of_all",
    "for_viewer",
    "granted_by",
    "has_tags",
    "namesakes_in",
    "owned_by",
    "plain_origin",
    "probe_for",
    "probes_of",
    "reasons",
    "runs_as_roles",
    "runs_what_it_is_given",
    "seen_by",
    "stranger_in",
    "strangers_in",
    "who_can",
    "who_can_assume",
    "with_inline_policy",
    "with_managed_policy",
    "with_role",
    "with_trust",
]
