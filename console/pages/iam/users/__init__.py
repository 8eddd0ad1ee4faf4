"""IAM users: the list, a user's page and its buttons."""
