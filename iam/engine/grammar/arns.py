"""What AWS refuses in a resource ARN, whatever the service."""

from collections.abc import Iterator

from iam.engine.grammar.problem import Problem
from iam.engine.places import Path
from iam.engine.request import ARN_FIELDS


def arn_problems(path: Path, resource: str) -> Iterator[Problem]:
    """Refuse a Resource value that is neither `*` nor an ARN."""
    if resource == "*":
        return
    fields = resource.split(":", ARN_FIELDS - 1)
    if len(fields) == 1 or fields[0] not in {"arn", "*"}:
        detail = f"`{resource}` is neither `*` nor an ARN (`arn:aws:…`)"
        yield Problem("INVALID_ARN_PREFIX", detail, path, value=resource)
    elif len(fields) > 2 and any(mark in fields[2] for mark in "*?") and fields[2] != "*":
        yield Problem("INVALID_ARN_VENDOR", f"`{fields[2]}` is not a service", path)
    elif len(fields) < ARN_FIELDS and "*" not in fields[-1]:
        detail = f"`{resource}` has {len(fields)} of the six fields of an ARN"
        yield Problem("MISSING_ARN_FIELD", detail, path)
