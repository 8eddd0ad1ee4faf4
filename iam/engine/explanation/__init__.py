"""Denial sentences, the smallest change, and other requests that would be allowed."""
