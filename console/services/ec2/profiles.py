"""The instance profile of a request, and the permission to pass its role."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from console.services.ec2.errors import invalid_value, missing_parameter
from iam.arns import ec2_arn, parse_iam_arn
from iam.models import InstanceProfile, Sandbox
from iam.perform import Call, PermissionCheck
from iam.wire.errors import AwsError

_PARAMETER = "IamInstanceProfile"


def profiles_in(sandbox: Sandbox) -> Any:
    rows = InstanceProfile.in_sandbox(sandbox)
    return rows.select_related("account", "role__account", "role__trust")


@dataclass(frozen=True)
class NamedProfile:
    """The instance profile that a request names, or the error."""

    profile: InstanceProfile | None
    error: AwsError | None
    arn: str

    def checks(self, call: Call, instance_arn: str = "") -> list[PermissionCheck]:
        """Return the check for passing the role; none without a profile."""
        if self.profile is None or self.profile.role is None:
            return []
        whole = ec2_arn(call.caller.origin.region, call.caller.account_id, "instance", "*")
        context = {
            "iam:PassedToService": "ec2.amazonaws.com",
            "iam:AssociatedResourceArn": instance_arn or whole,
        }
        return [PermissionCheck("iam:PassRole", self.profile.role.arn, context=context)]


def _found(call: Call, arn: str, name: str) -> InstanceProfile | None:
    rows = profiles_in(call.caller.sandbox).filter(account=call.account)
    named = parse_iam_arn(arn, "instance-profile")
    if arn and named is None:
        return None
    profile: InstanceProfile | None = rows.filter(name=named.name if named else name).first()
    return None if profile is not None and arn and profile.arn != arn else profile


def named_profile(call: Call, asked: Mapping[str, str]) -> NamedProfile:
    """Return the profile that a request names by its name or its ARN."""
    arn, name = asked.get("Arn", ""), asked.get("Name", "")
    if arn and name:
        message = (
            "The parameter 'iamInstanceProfile.name' may not be used in combination with "
            "'iamInstanceProfile.arn'"
        )
        return NamedProfile(None, AwsError("InvalidParameterCombination", message), arn)
    if not arn and not name:
        return NamedProfile(None, missing_parameter("iamInstanceProfile"), "")
    word = "ARN" if arn else "name"
    parameter = f"iamInstanceProfile.{word.lower()}"
    profile = _found(call, arn, name)
    if profile is None:
        error = invalid_value(
            arn or name, parameter, f"Invalid IAM Instance Profile {word}", _PARAMETER
        )
        return NamedProfile(None, error, arn)
    if profile.role is None:
        because = f'IAM Instance Profile "{profile.arn}" has no associated IAM Roles'
        return NamedProfile(
            profile, invalid_value(name or arn, parameter, because, _PARAMETER), profile.arn
        )
    return NamedProfile(profile, None, profile.arn)
