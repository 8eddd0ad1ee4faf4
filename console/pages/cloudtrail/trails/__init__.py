"""Trails: listed, created with their bucket, looked at, started, stopped, deleted."""
