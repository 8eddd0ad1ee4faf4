"""A teacher's classes: the list, a new one, the join code, settings and teachers."""
