"""Tags of trails."""

from collections.abc import Callable, Mapping, Sequence

from console.services.cloudtrail.models import Trail
from console.services.cloudtrail.names import arn_of
from console.services.cloudtrail.queries import find_trail
from console.services.cloudtrail.resolvers import on_trail, unknown_trail
from iam.perform import Call, Params, PermissionCheck, Resolution, Result, reads, writes
from iam.wire.errors import AwsError
from iam.wire.tags import tag_list, tags_of

_MOST_LISTED = 20


def _on_tagged(action: str) -> Callable[[Call, Params], Resolution]:
    by_name = on_trail(action, "ResourceId")

    def resolve(call: Call, params: Params) -> Resolution:
        arn_of(params["ResourceId"])
        return by_name(call, params)

    return resolve


def tagged(call: Call, params: Params, trail: Trail) -> Trail:
    trail.tags = checked_tags(trail.tags, params["TagsList"])
    return trail


@writes("cloudtrail:AddTags", on=_on_tagged("AddTags"), prepare=tagged)
def add_tags(call: Call, params: Params, trail: Trail) -> None:
    trail.save(update_fields=["tags"])


@writes("cloudtrail:RemoveTags", on=_on_tagged("RemoveTags"))
def remove_tags(call: Call, params: Params, trail: Trail) -> None:
    """Remove tags by their keys; missing keys are no error."""
    gone = {tag["Key"] for tag in params["TagsList"]}
    trail.tags = {key: value for key, value in trail.tags.items() if key not in gone}
    trail.save(update_fields=["tags"])


def on_tagged_trails(call: Call, params: Params) -> Resolution:
    """Resolve several trails by their ARNs."""
    asked = [arn_of(text) for text in params["ResourceIdList"][:_MOST_LISTED]]
    caller = call.caller
    found = [find_trail(caller.sandbox, one, caller.origin.region) for one in asked]
    missing = [one for one, trail in zip(asked, found, strict=True) if trail is None]
    return Resolution(
        checks=tuple(
            PermissionCheck("cloudtrail:ListTags", one.arn, account_id=one.account_id)
            for one in asked
        ),
        subject=found,
        missing=unknown_trail(call, missing[0]) if missing else None,
    )


@reads("cloudtrail:ListTags", on=on_tagged_trails)
def list_tags(call: Call, params: Params, trails: list[Trail]) -> Result:
    return {
        "ResourceTagList": [
            {"ResourceId": trail.arn, "TagsList": tag_list(trail.tags)} for trail in trails
        ]
    }


_MOST_TAGS = 50


def checked_tags(held: Mapping[str, str], added: Sequence[Mapping[str, str]]) -> dict[str, str]:
    """Return tags with others added; raises CloudTrail's errors."""
    keys = [tag["Key"] for tag in added]
    if len(set(keys)) < len(keys) or any(key.lower().startswith("aws:") for key in keys):
        message = "A tag key may stand only once, and does not begin with aws:."
        raise AwsError("InvalidTagParameterException", message, members=("TagsList",))
    tags = {**held, **tags_of(added)}
    if len(tags) > _MOST_TAGS:
        message = "A trail has at most 50 tags."
        raise AwsError("TagsLimitExceededException", message, members=("TagsList",))
    return tags
