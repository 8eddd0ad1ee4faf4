"""Platforms of a class, registered by its teacher."""
