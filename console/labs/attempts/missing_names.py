"""Whether an open task can still be solved from here: what it needs of the start must be there.

Only what is cheap is looked at: the users, roles and buckets that a task's checks name, as long as
something is to be allowed. Whoever makes them anew can go on.
"""

from collections.abc import Iterator
from typing import Any

from console.labs.checks import Case
from console.labs.files import Check, Task
from iam.arns import name_in, parse_arn

_PRINCIPALS = {"as", "from", "role", "user", "assume", "chain"}


def _named(value: Any, key: str = "") -> Iterator[tuple[str, str]]:
    if isinstance(value, str):
        yield key, value
    elif isinstance(value, dict):
        for name, inner in value.items():
            yield from _named(inner, name)
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from _named(inner, key)


def _gone(case: Case, check: Check, buckets: set[str]) -> Iterator[str]:
    for key, text in _named(case.fill(check.asks, {})):
        if key in _PRINCIPALS and "/" in text:
            arn = case.arn(text, "role" if key in {"role", "assume"} else "user")
            as_role = case.arn(text, "role")
            was = {arn, as_role} & case.start.access.keys()
            if was and not any(case.world.someone(one) for one in was):
                yield name_in(arn)
        elif key == "resource":
            found = parse_arn(text)
            bucket = found.resource.partition("/")[0] if found and found.service == "s3" else ""
            if bucket in case.start.buckets and bucket not in buckets:
                yield bucket


def missing_for(case: Case, task: Task, buckets: set[str]) -> list[str]:
    """Return the names of what was there at the start, is gone, and a task cannot do without."""
    needed = [check for check in task.checks if check.expect == "allowed"]
    names = (name for check in needed for name in _gone(case, check, buckets))
    return list(dict.fromkeys(names))
