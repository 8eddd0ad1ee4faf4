"""AWS Organizations: the tree of accounts, its policies, and what each level lets through."""
