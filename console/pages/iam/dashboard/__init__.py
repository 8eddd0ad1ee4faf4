"""The IAM dashboard and the account's alias."""
