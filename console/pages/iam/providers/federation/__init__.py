"""Federation drawn: provider, STS, role, with the values of the last proof."""
