"""IAM user groups: the list, the form for a new one, a group's page."""
