"""*Account settings*: the password policy, each section with a template of its own."""
