"""The identity provider of a sandbox, as its people see it; see README.md."""
