"""Sets of tags, as S3 takes them: in a document, or in a header as a query string."""

from collections.abc import Iterable, Mapping, Sequence
from urllib.parse import parse_qsl

from iam.wire.errors import AwsError

MOST_OF_BUCKET = 50
MOST_OF_OBJECT = 10
_LONGEST_KEY, _LONGEST_VALUE = 128, 256


def _invalid(message: str) -> AwsError:
    return AwsError("InvalidTag", message, 400, ("Tagging",))


def checked_tags(pairs: Iterable[tuple[str, str]], most: int) -> dict[str, str]:
    """Return tags by key; raises AwsError for what S3 refuses."""
    tags: dict[str, str] = {}
    for key, value in pairs:
        if key in tags:
            raise _invalid("Cannot provide multiple Tags with the same key")
        if not 0 < len(key) <= _LONGEST_KEY:
            raise _invalid("The TagKey you have provided is invalid")
        if len(value) > _LONGEST_VALUE:
            raise _invalid("The TagValue you have provided is invalid")
        if key.lower().startswith("aws:"):
            raise _invalid("System tags cannot be added/updated by requester")
        tags[key] = value
    if len(tags) > most:
        kind = "Object" if most == MOST_OF_OBJECT else "Bucket"
        raise AwsError("BadRequest", f"{kind} tags cannot be greater than {most}")
    return tags


def tags_in_document(tag_set: Sequence[Mapping[str, str]], most: int) -> dict[str, str]:
    return checked_tags(((one["Key"], one["Value"]) for one in tag_set), most)


def tags_in_header(written: str) -> dict[str, str]:
    """Return the tags of an x-amz-tagging header, a query string."""
    if not written:
        return {}
    try:
        pairs = parse_qsl(written, keep_blank_values=True, max_num_fields=100)
    except ValueError:
        pairs = []
    if not pairs:
        message = "The header 'x-amz-tagging' shall be encoded as UTF-8 then URLEncoded URL query "
        details = {"ArgumentName": "x-amz-tagging", "ArgumentValue": written[:256]}
        message += "parameters without tag name duplicates."
        raise AwsError("InvalidArgument", message, details=details)
    return checked_tags(pairs, MOST_OF_OBJECT)
