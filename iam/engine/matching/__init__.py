"""Matching texts, elements and condition operators with a request."""
