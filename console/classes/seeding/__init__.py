"""Worlds for a whole class: made from a scenario, or of a lab before its students begin."""
