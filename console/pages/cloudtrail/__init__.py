"""The pages of CloudTrail; see README.md."""
