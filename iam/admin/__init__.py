"""The admin of the simulated world; see README.md."""

from iam.admin import accounts, credentials, entities, events, policies, sandboxes

__all__ = ["accounts", "credentials", "entities", "events", "policies", "sandboxes"]
