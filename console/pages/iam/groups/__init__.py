"""IAM user groups: the list, creating one, a group's page."""
