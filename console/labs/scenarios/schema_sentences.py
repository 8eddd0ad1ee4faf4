"""What a JSON Schema refuses, in sentences for people who write files by hand."""

from collections.abc import Callable, Mapping
from typing import Any

from jsonschema import ValidationError

_LONGEST = 300
_MOST_NAMED = 12
_TYPES = {
    "object": "keys with values",
    "array": "a list",
    "string": "text",
    "integer": "a whole number",
    "number": "a number",
    "boolean": "true or false",
    "null": "nothing",
}


def _schema_of(error: ValidationError) -> dict[str, Any]:
    return error.schema if isinstance(error.schema, dict) else {}


def unknown_keys(error: ValidationError) -> list[str]:
    """Return the keys that a schema does not have, in the order of the file."""
    found: Any = error.instance
    return [key for key in found if key not in _schema_of(error).get("properties", {})]


def _unknown_key(error: ValidationError) -> str:
    schema = _schema_of(error)
    if "patternProperties" in schema:
        return error.message
    known = schema.get("properties", {})
    named = f" Known here: {', '.join(known)}." if 0 < len(known) <= _MOST_NAMED else ""
    return f"This key is unknown.{named}"


def _missing_key(error: ValidationError) -> str:
    wanted: Any = error.validator_value
    found: Any = error.instance
    missing = [key for key in wanted if key not in found]
    return f"Here is no `{missing[0]}`." if len(missing) == 1 else error.message


def _wrong_type(error: ValidationError) -> str:
    wanted: Any = error.validator_value
    names = [_TYPES[one] for one in ([wanted] if isinstance(wanted, str) else wanted)]
    unquoted = names == ["text"] and isinstance(error.instance, int | float)
    return f"This should be {' or '.join(names)}{': write it in quotes' if unquoted else ''}."


def _too_long(error: ValidationError) -> str:
    return f"This is longer than {error.validator_value} characters."


_SENTENCES: Mapping[str, Callable[[ValidationError], str]] = {
    "additionalProperties": _unknown_key,
    "required": _missing_key,
    "type": _wrong_type,
    "maxLength": _too_long,
}


def sentence_of(error: ValidationError) -> str:
    """Return what is wrong, in words; rules without a sentence here have jsonschema's."""
    write = _SENTENCES.get(str(error.validator))
    sentence = write(error) if write else error.message
    if len(sentence) > _LONGEST:
        return f"does not satisfy the schema's `{error.validator}`"
    return sentence
