"""The admin of the simulated world; see README.md."""

from iam.admin import (
    accounts,
    credentials,
    entities,
    events,
    identity_providers,
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
    "policies",
    "reports",
    "sandboxes",
]
