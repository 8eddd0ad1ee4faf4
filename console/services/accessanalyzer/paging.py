"""The pages of Access Analyzer's lists."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeVar

from console.services.accessanalyzer.errors import refused
from iam.perform import Result

One = TypeVar("One")

_PAGE = 100


def refuse_token(params: Mapping[str, Any]) -> None:
    """Refuse a token that no page returned."""
    token = params.get("nextToken", "0")
    if not (token.isascii() and token.isdigit() and len(token) < 9):
        raise refused("The nextToken is invalid.", "nextToken")


def page_of(
    params: Mapping[str, Any], found: Sequence[One], shape: Callable[[One], Result]
) -> Result:
    """Return the page of findings that a request asks for, and the token of the next one."""
    start, size = int(params.get("nextToken", "0")), params.get("maxResults", _PAGE)
    end = start + size
    more = {"nextToken": str(end)} if end < len(found) else {}
    return {"findings": [shape(one) for one in found[start:end]], **more}
