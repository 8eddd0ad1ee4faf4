"""AWS's wire protocols, driven by its service models; see README.md."""

from iam.wire.protocols.answers import answer, refusal
from iam.wire.protocols.asked import Asked, asked

__all__ = ["Asked", "answer", "asked", "refusal"]
