"""Policies gathered, the engine asked, decisions kept and replayed; see README.md."""

from iam.authorization.checks import GRANTS_NOTHING, Check, ContextValue, ResourcePolicy
from iam.authorization.deciding import Answer, authorize
from iam.authorization.gathering import ManagedText, gather, managed_texts
from iam.authorization.replay import Explanation, explanations

__all__ = [
    "GRANTS_NOTHING",
    "Answer",
    "Check",
    "ContextValue",
    "Explanation",
    "ManagedText",
    "ResourcePolicy",
    "authorize",
    "explanations",
    "gather",
    "managed_texts",
]
