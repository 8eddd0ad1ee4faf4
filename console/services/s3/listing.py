"""The keys of a bucket as ListObjects returns them: sorted, grouped by a delimiter, in pages."""

from base64 import b64decode, urlsafe_b64encode
from binascii import Error as Base64Error
from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass

from iam.wire.errors import AwsError

MAX_PAGE = 1000


@dataclass(frozen=True)
class Page:
    """One page: keys, common prefixes, and the entry after which the next page begins."""

    keys: tuple[str, ...]
    prefixes: tuple[str, ...]
    truncated: bool
    last: str


def page_size(asked: int | None) -> int:
    """Return how many keys a page may have; raises InvalidArgument for a negative number."""
    if asked is not None and asked < 0:
        message = "Argument maxKeys must be an integer between 0 and 2147483647"
        raise AwsError("InvalidArgument", message, 400, ("MaxKeys",))
    return MAX_PAGE if asked is None else min(asked, MAX_PAGE)


def to_token(last: str) -> str:
    return urlsafe_b64encode(last.encode()).decode()


def from_token(token: str) -> str:
    """Return the entry after which a page begins; raises InvalidArgument for an invalid token."""
    try:
        return b64decode(token.encode(), altchars=b"-_", validate=True).decode()
    except (Base64Error, UnicodeError):
        message = "The continuation token provided is incorrect"
        raise AwsError("InvalidArgument", message, 400, ("ContinuationToken",)) from None


def _entries(keys: Iterable[str], prefix: str, delimiter: str) -> list[str]:
    """Return keys, or in place of those that share one the common prefix, each once, in order."""
    below = sorted(key for key in keys if key.startswith(prefix))
    if not delimiter:
        return below
    start, length = len(prefix), len(delimiter)
    # What is cut off at its delimiter stays in order.
    return list(
        dict.fromkeys(
            key if (end := key.find(delimiter, start)) < 0 else key[: end + length] for key in below
        )
    )


def page_of(keys: Iterable[str], prefix: str, delimiter: str, after: str, size: int) -> Page:
    """Return the page that begins after an entry ("" for the first page)."""
    entries = _entries(keys, prefix, delimiter) if size else []
    first = bisect_right(entries, after)
    found = entries[first : first + size]
    start = len(prefix)
    ending = (one for one in found if delimiter and one.endswith(delimiter))
    common = {one for one in ending if one.find(delimiter, start) >= 0}
    return Page(
        keys=tuple(one for one in found if one not in common),
        prefixes=tuple(one for one in found if one in common),
        truncated=len(entries) > first + size and bool(size),
        last=found[-1] if found else "",
    )
