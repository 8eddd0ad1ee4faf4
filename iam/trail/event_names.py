"""Names of events: Lambda's carry the version of its API, as in CreateFunction20150331."""

import re

_VERSION = re.compile(r"(?<=[a-z])[0-9]{8}(?:v[0-9]+)?", re.ASCII)


def operation_of(source: str, name: str) -> str:
    """Return the operation that an event is of: `lambda:CreateFunction`."""
    version = _VERSION.search(name)
    return f"{source.partition('.')[0]}:{name[: version.start()] if version else name}"
