"""One module a policy element: what it compiles to, whether it matches, and why it does not."""
