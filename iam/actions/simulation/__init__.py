"""AWS's policy simulator, registered with perform by being imported; see README.md."""

from iam.actions.simulation import asking_keys, simulating
from iam.actions.simulation.reasons import Reason, reasons

__all__ = ["Reason", "asking_keys", "reasons", "simulating"]
