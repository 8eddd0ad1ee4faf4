"""What a function calls: one line a call, an operation and its parameters in JSON."""

import json
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from typing import Any
from zipfile import BadZipFile, ZipFile

from console.services.awslambda.errors import invalid_value
from iam.perform import registry

PACKAGED = "calls.txt"
"""The file of a package that says what its function calls."""
MOST_CALLS = 10
_LONGEST = 4096
_DAMAGED = (
    *(BadZipFile, OSError, ValueError, EOFError, zlib.error),
    *(NotImplementedError, RuntimeError),  # packed in a way that Python does not know, or encrypted
)
_WITHHELD = {
    "iam:SimulateCustomPolicy",
    "iam:SimulatePrincipalPolicy",
    "lambda:Invoke",
    "sts:DecodeAuthorizationMessage",
}
"""A function runs no function; the others are tools that a lab may withhold."""


@dataclass(frozen=True)
class FunctionCall:
    """An operation such as s3:ListBuckets, with its parameters."""

    operation: str
    params: dict[str, Any]


class BadCalls(ValueError):
    """A line is no call that a function can make."""


def calls_in(text: str) -> list[FunctionCall]:
    """Read the calls; raises BadCalls, which says what is wrong with which line."""
    found = list(_calls(text))
    if len(found) > MOST_CALLS:
        message = f"A function here makes {MOST_CALLS} calls at most."
        raise BadCalls(message)
    return found


def _calls(text: str) -> Iterator[FunctionCall]:
    for number, line in enumerate(text.splitlines(), start=1):
        operation, _, given = line.strip().partition(" ")
        if not operation or operation.startswith("#"):
            continue
        if operation not in registry.operations or operation in _WITHHELD:
            message = f"Line {number}: {operation[:128]} is no operation that a function can call."
            raise BadCalls(message)
        yield FunctionCall(operation, _params(number, given))


def _params(number: int, given: str) -> dict[str, Any]:
    try:
        params = json.loads(given or "{}")
    except (ValueError, RecursionError):
        params = None
    if not isinstance(params, dict):
        message = f"Line {number}: the parameters are no JSON object."
        raise BadCalls(message)
    return params


def packaged_calls(package: bytes) -> str:
    """Return the calls that a ZIP file brings; raises AwsError for what is none."""
    try:
        with ZipFile(BytesIO(package)) as archive:
            names = archive.namelist()
            if PACKAGED not in names:
                return ""
            with archive.open(PACKAGED) as file:
                text = file.read(_LONGEST).decode("utf-8", "replace")
    except _DAMAGED:
        message = "Could not unzip uploaded file. Please check your file, then try to upload again."
        raise invalid_value(message, "ZipFile") from None
    return text


def package_of(calls: str) -> bytes:
    """Return a package with these calls."""
    content = BytesIO()
    with ZipFile(content, "w") as archive:
        archive.writestr(PACKAGED, calls)
    return content.getvalue()
