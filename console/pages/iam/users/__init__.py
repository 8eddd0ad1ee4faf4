"""IAM users: the list, a user's page and what its buttons do."""
