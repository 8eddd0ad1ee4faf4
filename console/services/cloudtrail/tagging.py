"""Tags of trails, as CloudTrail takes them."""

from collections.abc import Mapping, Sequence

from iam.wire.errors import AwsError

_MOST_TAGS = 50


def checked_tags(held: Mapping[str, str], added: Sequence[Mapping[str, str]]) -> dict[str, str]:
    """Return tags with those added; raises CloudTrail's errors."""
    keys = [tag["Key"] for tag in added]
    if len(set(keys)) < len(keys) or any(key.lower().startswith("aws:") for key in keys):
        message = "A tag key may stand only once, and does not begin with aws:."
        raise AwsError("InvalidTagParameterException", message, members=("TagsList",))
    tags = {**held, **{tag["Key"]: tag.get("Value", "") for tag in added}}
    if len(tags) > _MOST_TAGS:
        message = "A trail has at most 50 tags."
        raise AwsError("TagsLimitExceededException", message, members=("TagsList",))
    return tags
