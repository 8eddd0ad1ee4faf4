"""The pages of trails."""
