"""Worlds for a whole class: asked for, looked at, made anew, deleted."""
