"""Setting, removing and listing the tags of instances."""

from collections.abc import Sequence
from dataclasses import dataclass

from console.services.ec2.errors import not_offered
from console.services.ec2.instance_tags import refusal_of_tags, requested_tags
from console.services.ec2.lists import Values, filtered, page_of
from console.services.ec2.models import Instance
from console.services.ec2.resolvers import (
    check_on,
    find_instances,
    instance_resource,
    on_all,
    seen_instances,
    unknown_instances,
    unless_dry_run,
)
from iam.perform import Call, Params, Resolution, Result, reads, writes
from iam.wire.errors import AwsError
from iam.wire.tags import tags_of

_FILTERS = ("key", "resource-id", "resource-type", "value", "tag-key")


@dataclass(frozen=True)
class InstanceTag:
    """A tag of an instance, as a list of tags has it."""

    instance_id: str
    key: str
    value: str


def on_tagged(call: Call, params: Params) -> Resolution:
    """Resolve the instances of which a request sets or removes tags, with a check each."""
    names: Sequence[str] = list(dict.fromkeys(params["Resources"]))
    others = [name for name in names if not name.startswith("i-")]
    found = find_instances(call, names)
    listed = params.get("Tags", ())
    keys = [tag["Key"] for tag in listed if "Key" in tag]
    valued = tags_of(tag for tag in listed if "Key" in tag and "Value" in tag)
    asked = requested_tags(valued, keys)
    return Resolution(
        checks=[check_on(call, name, found.get(name), asked) for name in names],
        subject=list(found.values()),
        missing=_not_tagged(others) if others else unknown_instances(names, found),
        resources=[instance_resource(name) for name in names],
    )


def _not_tagged(names: Sequence[str]) -> AwsError:
    return not_offered(f"tags of what is no instance, such as '{names[0]}'")


def _given(params: Params) -> dict[str, str]:
    return tags_of(tag for tag in params["Tags"] if "Key" in tag)


def taggable(call: Call, params: Params, found: list[Instance]) -> list[Instance]:
    """Prepare to set tags: raises AwsError for tags that an instance cannot have."""
    given = _given(params)
    keys = [tag["Key"] for tag in params["Tags"] if "Key" in tag]
    twice = next((key for key in keys if keys.count(key) > 1), None)
    if twice is not None:
        message = f"Duplicate tag key '{twice}' specified."
        raise AwsError("InvalidParameterValue", message, members=("Tags",))
    for tags in (given, *({**one.tags, **given} for one in found)):
        refusal = refusal_of_tags(tags, "Tags")
        if refusal is not None:
            raise refusal
    return found


@writes("ec2:CreateTags", on=unless_dry_run(on_tagged), prepare=taggable)
def create_tags(call: Call, params: Params, found: list[Instance]) -> Result:
    """Add tags to instances, or overwrite their values."""
    for instance in found:
        instance.tags = {**instance.tags, **_given(params)}
        instance.save(update_fields=["tags"])
    return {}


@writes("ec2:DeleteTags", on=unless_dry_run(on_tagged))
def delete_tags(call: Call, params: Params, found: list[Instance]) -> Result:
    """Remove tags: all, or those of a key, or those of a key with a value."""
    asked = [tag for tag in params.get("Tags", ()) if "Key" in tag]
    for instance in found:
        gone = {
            tag["Key"]
            for tag in asked
            if "Value" not in tag or instance.tags.get(tag["Key"]) == tag["Value"]
        }
        kept = {key: value for key, value in instance.tags.items() if key not in gone}
        instance.tags = kept if asked else {}
        instance.save(update_fields=["tags"])
    return {}


def _values(tag: InstanceTag) -> Values:
    return {
        "key": [tag.key],
        "resource-id": [tag.instance_id],
        "resource-type": ["instance"],
        "tag-key": [tag.key],
        "value": [tag.value],
        f"tag:{tag.key}": [tag.value],
    }


def asked_tags(call: Call, params: Params, _: None) -> Result:
    """Return the requested tags; raises AwsError for an unknown filter."""
    tags = [
        InstanceTag(row.instance_id, key, value)
        for row in seen_instances(call)
        for key, value in row.tags.items()
    ]
    found, more = page_of(params, filtered(params, tags, _values, _FILTERS))
    shapes = [
        {
            "Key": one.key,
            "ResourceId": one.instance_id,
            "ResourceType": "instance",
            "Value": one.value,
        }
        for one in found
    ]
    return {"Tags": shapes, **more}


@reads("ec2:DescribeTags", on=unless_dry_run(on_all), prepare=asked_tags)
def describe_tags(call: Call, params: Params, found: Result) -> Result:
    """Return the tags of the Region's instances."""
    return found
