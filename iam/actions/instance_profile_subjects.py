"""Resolvers of instance profiles with a role."""

from typing import Any

from iam.actions.resource_kinds import INSTANCE_PROFILE, ROLE
from iam.actions.subjects import named_one
from iam.models import Role
from iam.perform import Call, Params, PermissionCheck, Resolution

PASSED_TO = "ec2.amazonaws.com"


def profile_and_role(call: Call, params: Params) -> Resolution:
    """Resolve an instance profile and a role: the subject is both."""
    profile = named_one(INSTANCE_PROFILE)(call, params)
    role = named_one(ROLE)(call, params)
    return Resolution(
        checks=profile.checks,
        subject=(profile.subject, role.subject),
        missing=profile.missing or role.missing,
        resources=(*profile.resources, *role.resources),
    )


def pass_role_check(arn: str, **context: Any) -> PermissionCheck:
    """Return the check for passing a role to EC2 by an instance profile."""
    return PermissionCheck(
        "iam:PassRole", arn, context={"iam:PassedToService": PASSED_TO, **context}
    )


def profile_to_fill(call: Call, params: Params) -> Resolution:
    """Resolve a profile that gets a role; the check for passing that role is included."""
    found = profile_and_role(call, params)
    role: Role | None = found.subject[1]
    arn = role.arn if role else ROLE.arn(call.caller.account_id, params["RoleName"])
    checks = (*found.checks, pass_role_check(arn))
    return Resolution(checks, found.subject, found.missing, found.resources)
