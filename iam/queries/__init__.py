"""Reads that actions share; see README.md."""

from iam.queries.documents import MalformedPolicyDocument, checked_document, place_of
from iam.queries.entities import entity_arns, find_named, find_role, find_user, in_account
from iam.queries.entity_windows import matching_entities
from iam.queries.managed_policies import (
    AnyPolicy,
    PolicyUsage,
    find_each_managed,
    has_managed,
    is_customer_arn,
    parse_policy_arn,
    usage_of_policies,
)
from iam.queries.principals import as_saved, bind, shown, shown_each

__all__ = [
    "AnyPolicy",
    "MalformedPolicyDocument",
    "PolicyUsage",
    "as_saved",
    "bind",
    "checked_document",
    "entity_arns",
    "find_each_managed",
    "find_named",
    "find_role",
    "find_user",
    "has_managed",
    "in_account",
    "is_customer_arn",
    "matching_entities",
    "parse_policy_arn",
    "place_of",
    "shown",
    "shown_each",
    "usage_of_policies",
]
