"""Managed policies: the list, a policy's page and what its buttons do."""
