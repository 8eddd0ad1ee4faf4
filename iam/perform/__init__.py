"""The one way to do anything in an account; see README.md."""

from iam.authorization import PermissionCheck, ResourcePolicy
from iam.perform.denials import AccessDenied, denial_sentence
from iam.perform.explanations import DeniedCall, Explained, explain_event, latest_denials
from iam.perform.pipeline import perform, perform_each, perform_listing
from iam.perform.registry import (
    Call,
    Listing,
    ListingWindows,
    Params,
    Registry,
    Resolution,
    Result,
    event_name_of,
    lists,
    reads,
    reads_each,
    registry,
    returns_resource_policy,
    words_denials,
    writes,
)
from iam.perform.rehearsal import Rehearsal, rehearse
from iam.perform.write_watches import WriteWatch, watches_writes

__all__ = [
    "AccessDenied",
    "Call",
    "DeniedCall",
    "Explained",
    "Listing",
    "ListingWindows",
    "Params",
    "PermissionCheck",
    "Registry",
    "Rehearsal",
    "Resolution",
    "ResourcePolicy",
    "Result",
    "WriteWatch",
    "denial_sentence",
    "event_name_of",
    "explain_event",
    "latest_denials",
    "lists",
    "perform",
    "perform_each",
    "perform_listing",
    "reads",
    "reads_each",
    "registry",
    "rehearse",
    "returns_resource_policy",
    "watches_writes",
    "words_denials",
    "writes",
]
