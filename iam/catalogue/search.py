"""The search of the console's tables and pickers, which ignores case, spaces and hyphens."""

import re
from collections.abc import Callable, Iterable
from typing import TypeVar

_GAPS = re.compile(r"[\s\-_]+")
T = TypeVar("T")


def matches(query: str, name: str) -> bool:
    """Whether `name` is found by `query`: as one run of letters, or by all of its words.

    `S3 Full access` finds `AmazonS3FullAccess`, and so does `access s3`.
    """
    return _has_run(query, name) or all(_has_run(word, name) for word in query.split())


def closest(query: str, items: Iterable[T], name: Callable[[T], str]) -> list[T]:
    """Return the items that contain the query as one text or, if there are none, all its words.

    So `S3 Full access` shows `AmazonS3FullAccess` without `AmazonS3TablesFullAccess`.
    """
    found = [item for item in items if matches(query, name(item))]
    return [item for item in found if _has_run(query, name(item))] or found


def _has_run(query: str, name: str) -> bool:
    return _squeezed(query) in _squeezed(name)


def _squeezed(text: str) -> str:
    return _GAPS.sub("", text.casefold())
