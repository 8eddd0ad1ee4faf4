"""The tags of instances: what a request sets, and what EC2 refuses of it."""

from collections.abc import Iterable, Mapping

from console.services.ec2.resolvers import Context
from iam.wire.errors import AwsError

_MOST_TAGS = 50
_LONGEST_KEY = 127
_LONGEST_VALUE = 256
_RESERVED = "aws:"


def requested_tags(tags: Mapping[str, str], keys: Iterable[str] = ()) -> Context:
    """Return the condition keys of the tags that a request sets or removes.

    `keys` are those of further tags, of which the request names no value.
    """
    context: Context = {f"aws:RequestTag/{key}": value for key, value in tags.items()}
    named = tuple(dict.fromkeys([*tags, *keys]))
    return {**context, "aws:TagKeys": named} if named else context


def refusal_of_tags(tags: Mapping[str, str], *members: str) -> AwsError | None:
    """Return the error for tags that an instance cannot have; `members` name the parameter."""
    if len(tags) > _MOST_TAGS:
        message = f"More than {_MOST_TAGS} tags were given."
        return AwsError("TagLimitExceeded", message, members=members)
    wrong = next(filter(None, (_refused(key, value) for key, value in tags.items())), "")
    return AwsError("InvalidParameterValue", wrong, members=members) if wrong else None


def _refused(key: str, value: str) -> str:
    """Return EC2's sentence about a tag that it refuses; empty for a valid one."""
    if not key:
        return "Tag key cannot be empty"
    if key.lower().startswith(_RESERVED):
        reserved = "Tag keys starting with 'aws:' are reserved for internal use"
        return f"Value ( {key} ) for parameter key is invalid. {reserved}"
    if len(key) > _LONGEST_KEY:
        return f"Tag key exceeds the maximum length of {_LONGEST_KEY} characters"
    if len(value) > _LONGEST_VALUE:
        return f"Tag value exceeds the maximum length of {_LONGEST_VALUE} characters"
    return ""
