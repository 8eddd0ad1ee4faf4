"""STS's operations; importing this registers them."""

from sts.actions import assume_role, identity

__all__ = ["assume_role", "identity"]
