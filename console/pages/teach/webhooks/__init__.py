"""Webhooks of a class."""
