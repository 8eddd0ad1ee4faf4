"""A class at work: the matrix and what follows it."""
