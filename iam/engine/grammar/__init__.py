"""The grammar of policy documents: the rules of all types, then those of each."""
