"""Authorization: gathering policies, asking the engine, replaying decisions; see README.md."""

from iam.authorization.applied_policies import AppliedPolicy
from iam.authorization.caller_policies import (
    CallerPolicies,
    ManagedText,
    gather_policies,
    in_session,
    managed_texts,
)
from iam.authorization.decisions import Authorization, authorize, authorize_with, layered_policies
from iam.authorization.messages import NoMessage, decoded_message, encoded_message
from iam.authorization.organization import (
    Organization,
    in_one_organization,
    organization_in,
    organization_of,
)
from iam.authorization.permission_checks import (
    GRANTS_NOTHING,
    ContextValue,
    PermissionCheck,
    ResourcePolicy,
)
from iam.authorization.policies_of_many import gather_policies_each, groups_of, key_of
from iam.authorization.replay import Explanation, explanation_of, explanations
from iam.authorization.withheld_policies import without_policies

__all__ = [
    "GRANTS_NOTHING",
    "AppliedPolicy",
    "Authorization",
    "CallerPolicies",
    "ContextValue",
    "Explanation",
    "ManagedText",
    "NoMessage",
    "Organization",
    "PermissionCheck",
    "ResourcePolicy",
    "authorize",
    "authorize_with",
    "decoded_message",
    "encoded_message",
    "explanation_of",
    "explanations",
    "gather_policies",
    "gather_policies_each",
    "groups_of",
    "in_one_organization",
    "in_session",
    "key_of",
    "layered_policies",
    "managed_texts",
    "organization_in",
    "organization_of",
    "without_policies",
]
