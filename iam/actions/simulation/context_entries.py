"""The context entries of a simulation: condition keys with typed values."""

from collections.abc import Mapping
from typing import Any

from iam.actions.refusals import invalid_input
from iam.engine import expected_format, typed_value
from iam.perform import Params
from iam.wire.errors import AwsError

Context = dict[str, tuple[str, ...]]


def _refused(message: str) -> AwsError:
    return invalid_input(message, "ContextEntries")


def _checked(entry: Mapping[str, Any]) -> tuple[str, tuple[str, ...]]:
    name, kind = entry.get("ContextKeyName", ""), entry.get("ContextKeyType")
    values = entry.get("ContextKeyValues", [])
    if not name:
        raise _refused("ContextKeyName cannot be null or empty.")
    if kind is None:
        raise _refused(f"Context key {name} has invalid type null.")
    if not values:
        raise _refused(f"Context values for context key {name} cannot be null or empty.")
    if not kind.endswith("List") and len(values) > 1:
        message = f"Context key {kind} expected a single value, but received {len(values)}."
        raise _refused(message)
    for value in values:
        expected = expected_format(kind, value)
        if expected:
            raise _refused(f"Invalid context value for key {name}: expected {expected}.")
    return name, tuple(typed_value(kind, value) for value in values)


def context_of(params: Params) -> Context:
    """Return the context entries of a request by key; raises InvalidInput."""
    context: Context = {}
    seen: set[str] = set()
    for entry in params.get("ContextEntries", ()):
        if not entry:
            continue
        name, values = _checked(entry)
        if name.lower() in seen:
            raise _refused(f"Duplicate context key: {name}.")
        seen.add(name.lower())
        context[name] = values
    return context
