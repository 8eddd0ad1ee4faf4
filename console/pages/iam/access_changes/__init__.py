"""The access map before and after a change that is not made yet."""
