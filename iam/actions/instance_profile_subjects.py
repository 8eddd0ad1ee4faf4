"""Resolvers of instance profiles."""

from typing import Any

from iam.actions.refusals import no_such_entity
from iam.actions.subjects import (
    ROLE,
    Extra,
    iam_resource,
    no_context,
    one,
    requested_tags,
    resolution_of,
    resolution_of_new,
)
from iam.actions.subjects import named as named_entity
from iam.arns import iam_arn
from iam.models import InstanceProfile, Role
from iam.perform import Call, Params, PermissionCheck, Resolution
from iam.perform.registry import Resolver

PASSED_TO = "ec2.amazonaws.com"
_WORD = "InstanceProfile"


def _profile_arn(account_id: str, name: str, path: str = "/") -> str:
    return iam_arn(account_id, InstanceProfile.arn_type, name, path)


def on_new_profile(call: Call, params: Params) -> Resolution:
    """Resolve a new instance profile."""
    name = params["InstanceProfileName"]
    arn = _profile_arn(call.caller.account_id, name, params.get("Path", "/"))
    resource = iam_resource(_WORD, name)
    return resolution_of_new(call, _WORD, arn, requested_tags(params), resource)


def find_profile(call: Call, name: str) -> InstanceProfile | None:
    """Return one of the account's instance profiles by its exact name, with its role."""
    rows = InstanceProfile.in_sandbox(call.caller.sandbox).filter(account=call.account, name=name)
    found: InstanceProfile | None = rows.select_related("role__trust", "role__account").first()
    if found is not None:
        found.account = call.account
    return found


def named_profile(extra: Extra = no_context) -> Resolver:
    """Return a resolver of a request that names an instance profile."""

    def resolve(call: Call, params: Params) -> Resolution:
        name = params["InstanceProfileName"]
        found = find_profile(call, name)
        arn = found.arn if found else _profile_arn(call.caller.account_id, name)
        missing = no_such_entity(f"Instance Profile {name} cannot be found.", "InstanceProfileName")
        context, resource = extra(params, found), iam_resource(_WORD, name)
        return resolution_of(call, arn, found, context, missing=missing, resource=resource)

    return resolve


def profile_and_role(call: Call, params: Params) -> Resolution:
    """Resolve an instance profile and a role: the subject is both."""
    profile = named_profile()(call, params)
    role = one(named_entity(ROLE))(call, params)
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
