"""The admin of the simulated world; see README.md."""

from iam.admin import (
    accounts,
    credentials,
    entities,
    events,
    identity_providers,
    organizations,
    policies,
    reports,
    sandboxes,
)

__all__ = [
    "accounts",
    "credentials",
    "entities",
    "events",
    "identity_providers",
    "organizations",
    "policies",
    "reports",
    "sandboxes",
]
