"""IAM's operations, registered with perform by being imported; see README.md."""

from iam.actions import (
    access_keys,
    account,
    account_details,
    attachments,
    boundaries,
    groups,
    inline_policies,
    login_profiles,
    managed_policies,
    mfa_devices,
    policy_entities,
    policy_versions,
    role_trust,
    roles,
    tags,
    users,
)

__all__ = [
    "access_keys",
    "account",
    "account_details",
    "attachments",
    "boundaries",
    "groups",
    "inline_policies",
    "login_profiles",
    "managed_policies",
    "mfa_devices",
    "policy_entities",
    "policy_versions",
    "role_trust",
    "roles",
    "tags",
    "users",
]
