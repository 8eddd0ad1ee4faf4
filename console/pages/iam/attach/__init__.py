"""Attaching policies to users, groups and roles, and how users get permissions at all."""
