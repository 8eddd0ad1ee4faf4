"""Resolvers of CloudTrail's operations."""

from collections.abc import Callable

from console.services.cloudtrail.names import TrailName, named
from console.services.cloudtrail.queries import find_trail
from iam.arns import cloudtrail_arn, parse_arn
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


def _unknown(call: Call, named: str, kind: str, code: str, what: str) -> Resolution:
    """Return the resolution of one of what no account has, by its ARN or the end of it."""
    origin, account_id = call.caller.origin, call.caller.account_id
    whole = parse_arn(named) is not None
    arn = named if whole else cloudtrail_arn(origin.region, account_id, kind, named)
    check = PermissionCheck(call.operation, arn)
    return Resolution((check,), missing=AwsError(code, f"Unknown {what}: {named}"))


def on_store(call: Call, params: Params) -> Resolution:
    """Resolve an event data store, of which there are none; the words are inferred."""
    code = "EventDataStoreNotFoundException"
    return _unknown(call, params["EventDataStore"], "eventdatastore", code, "event data store")


def on_none(member: str, kind: str, code: str, what: str) -> Resolver:
    """Return the resolver of a kind of which there are none."""
    return lambda call, params: _unknown(call, params[member], kind, code, what)


def on_trail_or_store(action: str) -> Resolver:
    """Return a resolver of a trail, or of an event data store."""
    of_trail = on_trail(action, "TrailName")

    def resolve(call: Call, params: Params) -> Resolution:
        if ("EventDataStore" in params) == ("TrailName" in params):
            message = "Either TrailName or EventDataStore must be specified, not both."
            raise AwsError("InvalidParameterCombinationException", message)
        return (on_store if "EventDataStore" in params else of_trail)(call, params)

    return resolve
