"""The one way to do anything in an account; see README.md."""

from iam.authorization import Check, ResourcePolicy
from iam.perform.denials import AccessDenied
from iam.perform.performing import perform, perform_each
from iam.perform.registry import (
    Call,
    Params,
    Registry,
    Resolved,
    Result,
    reads,
    reads_each,
    registry,
    words_denials,
    writes,
)
from iam.perform.why import Explained, explain_event

__all__ = [
    "AccessDenied",
    "Call",
    "Check",
    "Explained",
    "Params",
    "Registry",
    "Resolved",
    "ResourcePolicy",
    "Result",
    "explain_event",
    "perform",
    "perform_each",
    "reads",
    "reads_each",
    "registry",
    "words_denials",
    "writes",
]
