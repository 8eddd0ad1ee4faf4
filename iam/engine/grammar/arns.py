"""What AWS refuses in a resource ARN, whatever the service."""

import re
from collections.abc import Iterator

from iam.engine.grammar.problem import Problem
from iam.engine.places import Path
from iam.engine.request import ARN_FIELDS

_PARTITION = re.compile(r"aws[a-z-]*|\*", re.ASCII)


def arn_problems(path: Path, resource: str) -> Iterator[Problem]:
    """Refuse a Resource value that is neither `*` nor an ARN; missing fields at its end are not."""
    if resource == "*":
        return
    fields = resource.split(":", ARN_FIELDS - 1)
    if len(fields) == 1 or fields[0] not in {"arn", "*"}:
        detail = f"`{resource}` is neither `*` nor an ARN (`arn:aws:…`)"
        yield Problem("INVALID_ARN_PREFIX", detail, path, value=resource)
    elif not _PARTITION.fullmatch(fields[1]):
        completed = ":".join(fields + ["*"] * (ARN_FIELDS - len(fields)))
        quoted = f'"{fields[1]}" is not valid for resource "{completed}"'
        yield Problem("INVALID_PARTITION", f"`{fields[1]}` is no partition", path, value=quoted)
    elif len(fields) == 2 or _is_partly_wild(fields[2]):
        yield Problem("INVALID_ARN_VENDOR", f"`{resource}` names no service in full", path)
    elif len(fields) < ARN_FIELDS and "::" in resource:
        detail = f"`{resource}` has {len(fields)} of the six fields of an ARN"
        yield Problem("MISSING_ARN_FIELD", detail, path)


def _is_partly_wild(vendor: str) -> bool:
    return vendor != "*" and (not vendor or "*" in vendor or "?" in vendor)
