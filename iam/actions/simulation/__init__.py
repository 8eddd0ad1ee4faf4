"""AWS's policy simulator; importing this registers its operations. See README.md."""

from iam.actions.simulation import context_key_lists, operations
from iam.actions.simulation.reasons import Reason, reasons

__all__ = ["Reason", "context_key_lists", "operations", "reasons"]
