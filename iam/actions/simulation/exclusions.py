"""Exclusions: attached policies that a simulation leaves out."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from iam.actions.refusals import invalid_input
from iam.arns import is_aws_managed
from iam.engine import pattern_matches
from iam.queries import parse_policy_arn

_MEMBERS = ("PolicyType", "PolicyArn", "InlinePolicyIdentifier")


@dataclass(frozen=True)
class Attached:
    """An attached policy as exclusions name it; an inline one has an owner and no ARN."""

    name: str
    arn: str = ""
    owner_type: str = ""
    owner_name: str = ""

    @property
    def policy_type(self) -> str:
        """Return AWS's word for the type of the policy."""
        if not self.arn:
            return "inline"
        return "aws-managed" if is_aws_managed(self.arn) else "user-managed"


def checked(exclusions: Sequence[Mapping[str, Any]]) -> Sequence[Mapping[str, Any]]:
    """Return the exclusions; raises InvalidInput if one is malformed."""
    for one in exclusions:
        if len([member for member in _MEMBERS if member in one]) != 1:
            message = f"A PolicyIdentifier has exactly one of {', '.join(_MEMBERS)}."
            raise invalid_input(message, "PolicyExclusionList")
        if "PolicyArn" in one:
            _check_arn(one["PolicyArn"])
    return exclusions


def _check_arn(arn: str) -> None:
    before, _, name = arn.rpartition("/")
    wild = "*" in before or "?" in before or name.count("*") > 1
    if wild or parse_policy_arn(arn) is None:
        raise invalid_input(f"ARN {arn} is not valid.", "PolicyExclusionList")


def excludes_boundary(exclusions: Sequence[Mapping[str, Any]]) -> bool:
    """Return whether the attached permissions boundary is left out; an ARN never excludes it."""
    return any(one.get("PolicyType") == "permission-boundary" for one in exclusions)


def is_excluded(policy: Attached, exclusions: Sequence[Mapping[str, Any]]) -> bool:
    return any(_names(one, policy) for one in exclusions)


def _names(one: Mapping[str, Any], policy: Attached) -> bool:
    if "PolicyType" in one:
        return bool(one["PolicyType"] == policy.policy_type)
    if "PolicyArn" in one:
        return bool(policy.arn) and pattern_matches(one["PolicyArn"], policy.arn)
    inline = one["InlinePolicyIdentifier"]
    return (
        not policy.arn
        and inline["PolicyName"] == policy.name
        and inline["AttachmentType"] == policy.owner_type
        and pattern_matches(inline["AttachmentName"], policy.owner_name)
    )
