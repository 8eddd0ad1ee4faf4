"""Managed policies: the list, a policy's page and its buttons."""
