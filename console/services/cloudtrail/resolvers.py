"""Resolvers of CloudTrail's operations."""

from collections.abc import Callable

from console.services.cloudtrail.names import TrailName, named
from console.services.cloudtrail.queries import find_trail
from iam.perform import Call, Params, PermissionCheck, Resolution
from iam.wire.errors import AwsError

Resolver = Callable[[Call, Params], Resolution]


def unknown_trail(call: Call, trail: TrailName) -> AwsError:
    message = f"Unknown trail: {trail.arn} for the user: {call.caller.account_id}"
    return AwsError("TrailNotFoundException", message, members=("Name", "TrailName"))


def trail_resources(name: str) -> tuple[dict[str, str], ...]:
    return ({"ResourceType": "AWS::CloudTrail::Trail", "ResourceName": name},)


def on_trail(action: str, member: str = "Name", *, at_home: bool = False) -> Resolver:
    """Return a resolver of `Trail` for an action; `at_home` if only its home region performs it."""

    def resolve(call: Call, params: Params) -> Resolution:
        asked = named(call.caller, params[member])
        region = call.caller.origin.region
        found = find_trail(call.caller.sandbox, asked, region)
        missing = None
        if found is None:
            missing = unknown_trail(call, asked)
        elif at_home and found.home_region != region:
            message = f"The home region of the trail {found.arn} is {found.home_region}."
            missing = AwsError("InvalidHomeRegionException", message)
        check = PermissionCheck(f"cloudtrail:{action}", asked.arn, account_id=asked.account_id)
        return Resolution(
            checks=(check,),
            subject=found,
            missing=missing,
            resources=trail_resources(asked.name),
        )

    return resolve


def on_all_trails(action: str) -> Resolver:
    """Return a resolver for an action on no trail in particular."""

    def resolve(call: Call, params: Params) -> Resolution:
        return Resolution(checks=(PermissionCheck(f"cloudtrail:{action}", names_resource=False),))

    return resolve
