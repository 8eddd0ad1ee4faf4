"""The policy simulator: what a principal or a policy may do, and why."""
