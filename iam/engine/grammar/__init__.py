"""What AWS refuses in a policy document: the rules of every type, then those of each."""
