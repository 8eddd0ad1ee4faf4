"""The pages of a sandbox's identity provider; see README.md."""
