"""Policies gathered, the engine asked, decisions kept and replayed; see README.md."""

from iam.authorization.applied import Applied
from iam.authorization.checks import GRANTS_NOTHING, Check, ContextValue, ResourcePolicy
from iam.authorization.deciding import Answer, answered, authorize, policies_from
from iam.authorization.gathering import Gathered, ManagedText, gather, managed_texts
from iam.authorization.many import gather_each, groups_of, key_of
from iam.authorization.messages import NoMessage, decoded_message, encoded_message
from iam.authorization.organization import (
    Organization,
    in_one_organization,
    organization_in,
    organization_of,
)
from iam.authorization.replay import Explanation, explanations

__all__ = [
    "GRANTS_NOTHING",
    "Answer",
    "Applied",
    "Check",
    "ContextValue",
    "Explanation",
    "Gathered",
    "ManagedText",
    "NoMessage",
    "Organization",
    "ResourcePolicy",
    "answered",
    "authorize",
    "decoded_message",
    "encoded_message",
    "explanations",
    "gather",
    "gather_each",
    "groups_of",
    "in_one_organization",
    "key_of",
    "managed_texts",
    "organization_in",
    "organization_of",
    "policies_from",
]
