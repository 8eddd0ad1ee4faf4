"""AWS's catalogue as data: services, actions, condition keys and AWS managed policies."""

from iam.catalogue.editions import edition
from iam.catalogue.facts import CataloguedFacts
from iam.catalogue.policies import (
    ManagedPolicy,
    ManagedVersion,
    managed_document,
    managed_policies,
    managed_policy,
    managed_policy_names,
    managed_versions,
)
from iam.catalogue.search import closest, matches
from iam.catalogue.service_linked_roles import (
    OF_EVERY_ACCOUNT,
    ServiceLinkedRole,
    service_linked_role,
)
from iam.catalogue.services import (
    ACCESS_LEVELS,
    Action,
    ConditionKey,
    ResourceType,
    Service,
    action,
    condition_keys,
    global_condition_keys,
    service,
    services,
)

__all__ = [
    "ACCESS_LEVELS",
    "OF_EVERY_ACCOUNT",
    "Action",
    "CataloguedFacts",
    "ConditionKey",
    "ManagedPolicy",
    "ManagedVersion",
    "ResourceType",
    "Service",
    "ServiceLinkedRole",
    "action",
    "closest",
    "condition_keys",
    "edition",
    "global_condition_keys",
    "managed_document",
    "managed_policies",
    "managed_policy",
    "managed_policy_names",
    "managed_versions",
    "matches",
    "service",
    "service_linked_role",
    "services",
]
