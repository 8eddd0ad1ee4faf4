"""The parts of the policy simulator: context keys, their values, places of statements."""
