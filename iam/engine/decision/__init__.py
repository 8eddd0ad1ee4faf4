"""Compiled policies, the statements of each layer that apply, and how the layers are weighed."""
