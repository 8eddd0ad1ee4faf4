"""AWS's policy simulator, registered with perform by being imported; see README.md."""

from iam.actions.simulation import context_key_lists, operations
from iam.actions.simulation.reasons import Reason, reasons

__all__ = ["Reason", "context_key_lists", "operations", "reasons"]
