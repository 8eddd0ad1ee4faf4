"""The search of the console's tables and pickers, which ignores case, spaces and hyphens."""

import re
from collections.abc import Callable, Iterable
from functools import lru_cache
from typing import TypeVar

LONGEST = 256
"""Characters of a query; no name is as long, so a longer one finds nothing."""
_GAPS = re.compile(r"[\s\-_]+")
T = TypeVar("T")


def matches(query: str, name: str) -> bool:
    """Whether `name` is found by `query`: as one run of letters, or by all of its words.

    `S3 Full access` finds `AmazonS3FullAccess`, and so does `access s3`.
    """
    if len(query) > LONGEST:
        return False
    run, words = _wanted(query)
    text = _squeezed(name)
    return run in text or all(word in text for word in words)


def closest(query: str, items: Iterable[T], name: Callable[[T], str]) -> list[T]:
    """Return the items that contain the query as one text or, if there are none, all its words.

    So `S3 Full access` shows `AmazonS3FullAccess` without `AmazonS3TablesFullAccess`.
    """
    found = [item for item in items if matches(query, name(item))]
    run = _squeezed(query[:LONGEST])
    return [item for item in found if run in _squeezed(name(item))] or found


@lru_cache(maxsize=64)
def _wanted(query: str) -> tuple[str, tuple[str, ...]]:
    """Return what a query looks for: one run of letters, or each of its words."""
    return _squeezed(query), tuple(map(_squeezed, query.split()))


def _squeezed(text: str) -> str:
    return _GAPS.sub("", text.casefold())
